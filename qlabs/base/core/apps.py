from django.apps import AppConfig


class Core(AppConfig):
    name = "qlabs.base.core"
    label = "core"
