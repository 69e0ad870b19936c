from importlib import import_module

from django.apps import AppConfig


class People(AppConfig):
    name = "qlabs.base.people"
    label = "people"

    def ready(self):
        import_module("qlabs.base.people.rules")
