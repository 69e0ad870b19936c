"""Whatever is made on the disk is for the account alone that runs Q Labs."""

import os
import subprocess
import sys

MADE = """
from qlabs.config import server
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from qlabs.base.core.mail import send
call_command("migrate", verbosity=0)
call_command("work", once=True)
call_command("backup", str(settings.VAR / "copy.tar.gz"))
send(to="ada@qlabs.example", subject="Hello", template="people/mail/unknown", context={"sign_in": ""})
default_storage.save("pictures/small.txt", ContentFile(b"small"))
default_storage.save("pictures/large.txt", ContentFile(b"x" * 7_000_000))
"""


def run(home, *words):
    """As an operator with the usual, open mask would run it."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("QLABS_", "DATABASE"))
    }
    environment |= {"QLABS_VAR": str(home / "var"), "DJANGO_SETTINGS_MODULE": "qlabs.config.settings"}
    subprocess.run([sys.executable, *words], env=environment, umask=0o022, check=True, capture_output=True)


def test_every_file_and_folder_that_is_made_is_open_to_its_owner_only(tmp_path):
    run(tmp_path, "-c", MADE)
    modes = {path.relative_to(tmp_path): path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")}
    assert [f"{path} {mode:o}" for path, mode in modes.items() if mode & 0o077] == []
    names = {path.name for path in modes}
    assert {"secret-key", "qlabs.sqlite3", "mail", "media", "pictures", "small.txt", "copy.tar.gz"} <= names
