"""Where sessions are kept: Django's own store, but for how one is read. It names what is in `SESSION_ENGINE`."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from namens.signin import reading


class SessionStore(db.SessionStore):
    """A session in the database. The name is part of what Django signs its content with."""

    def _get_session_from_db(self) -> Session | None:
        """Give the row, or None: then this session has no key either."""
        found = reading.sessions.first(key=self.session_key)
        if found is None:
            self._session_key = None
        return found
