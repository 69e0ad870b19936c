"""Builds the demo through the apps' actions: nothing here touches a row by itself."""

from . import empty, scenes

__all__ = ["empty", "scenes"]
