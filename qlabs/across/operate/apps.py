from django.apps import AppConfig


class Operate(AppConfig):
    name = "qlabs.across.operate"
    label = "operate"
