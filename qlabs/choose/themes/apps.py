from importlib import import_module

from django.apps import AppConfig


class Themes(AppConfig):
    name = "qlabs.choose.themes"
    label = "themes"

    def ready(self):
        import_module("qlabs.choose.themes.rules")
        import_module("qlabs.choose.themes.gates")
