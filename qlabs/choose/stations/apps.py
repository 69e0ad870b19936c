from importlib import import_module

from django.apps import AppConfig


class Stations(AppConfig):
    name = "qlabs.choose.stations"
    label = "stations"

    def ready(self):
        for part in ("rules", "letters"):
            import_module(f"qlabs.choose.stations.{part}")
