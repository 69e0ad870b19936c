from importlib import import_module

from django.apps import AppConfig


class Ballots(AppConfig):
    name = "qlabs.choose.ballots"
    label = "ballots"

    def ready(self):
        import_module("qlabs.choose.ballots.rules")
