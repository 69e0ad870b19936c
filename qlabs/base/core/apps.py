from importlib import import_module

from django.apps import AppConfig


class Core(AppConfig):
    name = "qlabs.base.core"
    label = "core"

    def ready(self):
        import_module("qlabs.base.core.anchors")
        import_module("qlabs.base.core.housekeeping")
