from importlib import import_module

from django.apps import AppConfig


class People(AppConfig):
    name = "qlabs.base.people"
    label = "people"

    def ready(self):
        for part in ("rules", "letters", "watches"):
            import_module(f"qlabs.base.people.{part}")
