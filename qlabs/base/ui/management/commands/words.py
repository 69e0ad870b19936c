import json

from django.core.management.base import BaseCommand

from qlabs.base.ui import catalogue

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'


class Command(BaseCommand):
    help = "Print every sentence to translate, as a catalogue (.po) to fill in under qlabs/locale/."

    def handle(self, *args, **options):
        self.stdout.write(HEAD)
        for message, places in catalogue.messages().items():
            self.stdout.write("".join(_entry(message, places)))


def _entry(message, places):
    """One entry of the catalogue; its strings escape as those of JSON do."""
    yield f"#: {' '.join(places)}\n"
    if "%(" in message.id + message.plural:
        yield "#, python-format\n"
    if message.context:
        yield f"msgctxt {_quoted(message.context)}\n"
    yield f"msgid {_quoted(message.id)}\n"
    if message.plural:
        yield f'msgid_plural {_quoted(message.plural)}\nmsgstr[0] ""\nmsgstr[1] ""\n'
    else:
        yield 'msgstr ""\n'


def _quoted(text):
    return json.dumps(text, ensure_ascii=False)
