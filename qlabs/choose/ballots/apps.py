from importlib import import_module

from django.apps import AppConfig


class Ballots(AppConfig):
    name = "qlabs.choose.ballots"
    label = "ballots"

    def ready(self):
        for part in ("rules", "letters", "gates", "watches", "renewal", "log_words"):
            import_module(f"qlabs.choose.ballots.{part}")
        events = import_module("qlabs.base.core.events")
        steps = ("opened", "closed", "declared", "stopped", "voided")
        events.anchor_soon(*(f"ballots.{step}" for step in steps))
