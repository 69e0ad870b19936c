"""A table that SQLite keeps in the order of its key alone: without the hidden row number that tells who came first."""

from django.db import migrations


class CreateModelWithoutRowid(migrations.CreateModel):
    """CreateModel that says WITHOUT ROWID on SQLite; elsewhere it is the same."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor != "sqlite":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        usual = schema_editor.sql_create_table
        schema_editor.sql_create_table = f"{usual} WITHOUT ROWID"
        try:
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        finally:
            schema_editor.sql_create_table = usual
