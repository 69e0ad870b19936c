from importlib import import_module

from django.apps import AppConfig


class Lab(AppConfig):
    name = "qlabs.base.lab"
    label = "lab"

    def ready(self):
        import_module("qlabs.base.lab.rules")
        import_module("qlabs.base.lab.gates")
        import_module("qlabs.base.lab.joining")
        import_module("qlabs.base.lab.watches")
        events = import_module("qlabs.base.core.events")
        events.anchor_soon("lab.stage_opened", "lab.stage_closed", "lab.gate_passed")
