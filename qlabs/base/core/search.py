"""Every search of ours: words without accents and capitals, found from their beginnings, alike on both databases.

A model that can be searched has a `SearchText`, folded in Python, and its migration an `index`: full text (FTS5) with
triggers that keep it on SQLite, a tsvector on PostgreSQL.
"""

import unicodedata

from django.db import models
from django.db.models import Q

MOST_WORDS, LONGEST_WORD = 8, 60
_ALONE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)


def fold(text):
    """The words of a text in a-z and 0-9; a letter of another alphabet is spelt by its number."""
    apart = unicodedata.normalize("NFKD", text).casefold().translate(_ALONE)
    letters = "".join(_letter(one) for one in apart if not unicodedata.combining(one))
    return " ".join(word[:LONGEST_WORD] for word in letters.split())


def _letter(one):
    if not one.isalnum():
        return " " if one not in "'’" else ""
    return one if one.isascii() else f"u{ord(one):05x}"


def found(rows, words, *texts, address=None):
    """The rows in which each of the first words asked for begins a word of one of the texts, paths to a SearchText.

    address: a column of addresses in which a word may also stand anywhere.
    """
    if not words.strip():
        return rows
    terms = fold(words).split()[:MOST_WORDS]
    asked = [*(f"{text}__begins" for text in texts), *([f"{address}__contains"] if address else [])]
    for term in terms:
        rows = rows.filter(Q(*((lookup, term) for lookup in asked), _connector=Q.OR))
    return rows if terms else rows.none()


def matches(text, words):
    """The same of one text that is in no database."""
    has, terms = fold(text).split(), fold(words).split()[:MOST_WORDS]
    return bool(terms or not words.strip()) and all(
        any(one.startswith(term) for one in has) for term in terms
    )


class SearchText(models.TextField):
    """What a row is found and sorted by: the folded words of the fields in `of`, worked out at each save."""

    def __init__(self, *, of, **kwargs):
        self.of = tuple(of)
        super().__init__(**kwargs | {"default": "", "editable": False})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of}

    def pre_save(self, model_instance, add):
        text = fold(" ".join(str(getattr(model_instance, name) or "") for name in self.of))
        setattr(model_instance, self.attname, text)
        return text


def with_search_text(row, update_fields):
    """The fields of a row that are to be saved, and the search text that follows from them."""
    if update_fields is None:
        return None
    names = set(update_fields)
    texts = (field for field in row._meta.concrete_fields if isinstance(field, SearchText))
    return names | {field.name for field in texts if names & set(field.of)}


@SearchText.register_lookup
class Begins(models.Lookup):
    """A word of the text begins with this folded word."""

    lookup_name = "begins"

    def as_postgresql(self, compiler, connection):
        text, params = self.process_lhs(compiler, connection)
        return f"to_tsvector('simple', {text}) @@ to_tsquery('simple', %s)", [*params, f"{self.rhs}:*"]

    def as_sqlite(self, compiler, connection):
        column = self.lhs.target
        table, quote = column.model._meta.db_table, connection.ops.quote_name
        key = f"{quote(self.lhs.alias)}.{quote(column.model._meta.pk.column)}"
        index = quote(f"{table}_found")
        found = f"{key} IN (SELECT rowid FROM {index} WHERE {index} MATCH %s)"  # noqa: S608 - names of our own tables
        return found, [f'"{self.rhs}"*']


def by_text(path):
    """To order by a SearchText, so that accents sort with their letter, whatever order the database has for words."""
    return _Plainly(path)


class _Plainly(models.Func):
    """Byte by byte, as SQLite does by itself."""

    template = "%(expressions)s"

    def as_postgresql(self, compiler, connection, **context):
        return super().as_sql(compiler, connection, template='(%(expressions)s) COLLATE "C"', **context)


def index(label):
    """For a migration (RunPython): fold the words of the rows there are, and stand the index of a model's search text.

    Asked for again in a later one that makes the table anew on SQLite, which takes the triggers with it.
    """

    def stand(apps, editor):
        model = apps.get_model(label)
        for row in model.objects.iterator(chunk_size=500):
            row.save(update_fields=["search_text"])
        for statement in _statements(editor.connection.vendor, model._meta.db_table):
            editor.execute(statement)

    return stand


def unindex(label):
    """The way back of `index`: the search text can be taken out again."""

    def fall(apps, editor):
        table = apps.get_model(label)._meta.db_table
        for statement in _statements(editor.connection.vendor, table):
            if statement.startswith("DROP"):
                editor.execute(statement)

    return fall


def _statements(vendor, table):
    """The SQL of an index; the names of tables are our own."""
    name = f"{table}_found"
    if vendor == "postgresql":
        words = "to_tsvector('simple', search_text)"
        return [f"DROP INDEX IF EXISTS {name}", f"CREATE INDEX {name} ON {table} USING gin ({words})"]
    to, with_text = f"INSERT INTO {name}", "rowid, search_text"
    gone = f"{to}({name}, {with_text}) VALUES ('delete', old.id, old.search_text);"
    come = f"{to}({with_text}) VALUES (new.id, new.search_text);"
    moments = {
        "insert": ("INSERT", "", come),
        "delete": ("DELETE", "", gone),
        "update": ("UPDATE OF search_text", "WHEN old.search_text <> new.search_text", gone + come),
    }
    return [
        *(f"DROP TRIGGER IF EXISTS {name}_{moment}" for moment in moments),
        f"DROP TABLE IF EXISTS {name}",
        f"CREATE VIRTUAL TABLE {name} USING fts5(search_text, content='{table}', content_rowid='id', prefix='2 3 4')",
        f"{to}({name}) VALUES ('rebuild')",
        *(
            f"CREATE TRIGGER {name}_{moment} AFTER {what} ON {table} {when} BEGIN {does} END"
            for moment, (what, when, does) in moments.items()
        ),
    ]
