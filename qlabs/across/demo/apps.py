from django.apps import AppConfig


class Demo(AppConfig):
    name = "qlabs.across.demo"
    label = "demo"
