from importlib import import_module

from django.apps import AppConfig


class Story(AppConfig):
    name = "qlabs.across.story"
    label = "story"

    def ready(self):
        import_module("qlabs.across.story.rules")
