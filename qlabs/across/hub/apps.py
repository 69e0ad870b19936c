from importlib import import_module

from django.apps import AppConfig


class Hub(AppConfig):
    name = "qlabs.across.hub"
    label = "hub"

    def ready(self):
        import_module("qlabs.across.hub.rules")
