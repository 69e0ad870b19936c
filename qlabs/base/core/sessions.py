"""Sessions in the database, as Django keeps them; but a copy of the table signs nobody in and tells nothing.

A row is found by a hash of the key in the cookie, and its content is sealed with that key: whoever has the database,
even together with the installation's secret, has neither.
"""

import hashlib
import json

from django.contrib.sessions.backends import db
from django.utils import timezone

from . import seals

WIDTH = 40  # of the column; 160 bits


def row_key(session_key):
    """What stands in the table for a key that stands in a cookie."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:WIDTH]


class SessionStore(db.SessionStore):
    def encode(self, session_dict):
        return seals.seal(self._purpose(), self.serializer().dumps(session_dict).decode("latin-1"))

    def decode(self, session_data):
        text = seals.unseal(self._purpose(), session_data)
        return {} if text is None else json.loads(text)

    def exists(self, session_key):
        return super().exists(row_key(session_key))

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.session_key = row_key(row.session_key)
        return row

    def delete(self, session_key=None):
        if session_key := session_key or self.session_key:
            super().delete(row_key(session_key))

    def _get_session_from_db(self):
        current = self.model.objects.filter(expire_date__gt=timezone.now())
        found = current.filter(session_key=row_key(self.session_key)).first()
        if found is None:
            self._session_key = None
        return found

    def _purpose(self):
        return f"qlabs.core.session|{self.session_key}"
