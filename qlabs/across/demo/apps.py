from importlib import import_module

from django.apps import AppConfig


class Demo(AppConfig):
    name = "qlabs.across.demo"
    label = "demo"

    def ready(self):
        import_module("qlabs.across.demo.rules")
