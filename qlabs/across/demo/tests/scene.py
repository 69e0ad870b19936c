"""A demo that is built once for all the tests of a class, with its pictures in a folder of its own."""

from io import StringIO
from tempfile import TemporaryDirectory

from django.core.management import call_command
from django.test import TestCase, override_settings


class Scene(TestCase):
    """Set `asked` to the options of `qlabs demo`; `said` is what the command wrote."""

    asked = {}

    @classmethod
    def setUpClass(cls):
        folder = cls.enterClassContext(TemporaryDirectory())
        cls.enterClassContext(override_settings(MEDIA_ROOT=folder))
        super().setUpClass()

    @classmethod
    def setUpTestData(cls):
        out = StringIO()
        call_command("demo", stdout=out, **cls.asked)
        cls.said = out.getvalue()
