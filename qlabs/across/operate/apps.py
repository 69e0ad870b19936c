from importlib import import_module

from django.apps import AppConfig


class Operate(AppConfig):
    name = "qlabs.across.operate"
    label = "operate"

    def ready(self):
        import_module("qlabs.across.operate.witnesses")
