from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "qlabs.base.ui"
    label = "ui"
