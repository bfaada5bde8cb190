"""Sessions on our side: the browser only has a random number. So a session can be ended from outside."""

import json
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict

from mijn_toeslagen.store import Store

TABLES = """
CREATE TABLE IF NOT EXISTS session (digest TEXT PRIMARY KEY, content TEXT NOT NULL, sid TEXT, saved_at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS session_sid ON session (sid);
CREATE TABLE IF NOT EXISTS ended (sid TEXT PRIMARY KEY, ended_at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS heard (jti TEXT PRIMARY KEY, heard_at REAL NOT NULL);
"""
# Nothing stays but whether it was a login for somebody else; also when two messages end it at one moment.
EMPTY = """
UPDATE session SET content = json_object(
    'on_behalf', coalesce(json_extract(content, '$.on_behalf'), json_type(content, '$.claims.represents') IS NOT NULL)
)
WHERE sid = ?
"""
KEPT_FOR = timedelta(hours=2)
SID = "sid"
MANDATE = "urn:namens:1.0:mandate"
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Stop:
    """This login was ended from outside. `on_behalf` says whether it was a login for somebody else."""

    on_behalf: bool


@dataclass(frozen=True)
class Login:
    """Somebody who is logged in here for somebody else: the login at Namens, its claims, and how sure it was."""

    sid: str
    claims: Mapping[str, Any]
    level: str

    @property
    def mandate(self) -> str:
        """By which mandate they act."""
        return str(self.claims.get(MANDATE, ""))


class StoredSession(CallbackDict[str, Any], SessionMixin):
    """What we know during a visit. Under the key `sid` stands the login at Namens.

    `told` says that this answer tells the person that the login was ended: then what is left of it can go.
    """

    def __init__(self, content: dict[str, Any] | None = None, *, number: str = "", stopped: Stop | None = None) -> None:
        super().__init__(content, StoredSession._changed)
        self.number = number
        self.stopped = stopped
        self.told = False
        self.old_number = ""
        self.modified = False

    def _changed(self) -> None:
        self.modified = True

    def renumber(self) -> None:
        """Take another number, so that nobody who knew the old one comes along."""
        self.old_number, self.number = self.number, ""
        self.modified = True


class Sessions(SessionInterface):
    """Reads and writes sessions."""

    def __init__(self, store: Store, *, clock: Clock, secure: bool) -> None:
        self.store, self.clock, self.secure = store, clock, secure
        store.prepare(TABLES)

    def open_session(self, app: Flask, request: Request) -> StoredSession:
        """Give the session of this browser; an empty one when there is none, or when it was ended."""
        number = request.cookies.get(self.get_cookie_name(app), "")
        with self.store.open() as connection:
            row = connection.execute(
                "SELECT content, ended_at FROM session LEFT JOIN ended USING (sid) WHERE digest = ? AND saved_at > ?",
                (_digest(number), self._oldest()),
            ).fetchone()
        if row is None:
            return StoredSession()
        content = json.loads(row["content"])
        if row["ended_at"] is None:
            return StoredSession(content, number=number)
        on_behalf = content.get("on_behalf", "represents" in content.get("claims", {}))
        return StoredSession(number=number, stopped=Stop(on_behalf=bool(on_behalf)))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep what changed, and give the browser its number."""
        if not isinstance(session, StoredSession) or not (session.modified or session.told):
            return  # When our file cannot be read there is no session at all.
        with self.store.open() as connection:
            self._forget(connection, session)
            if not session:
                response.delete_cookie(self.get_cookie_name(app), httponly=True, samesite="Lax", secure=self.secure)
                return
            session.number = session.number or secrets.token_urlsafe(32)
            self._keep(connection, session)
        name = self.get_cookie_name(app)
        response.set_cookie(name, session.number, httponly=True, samesite="Lax", secure=self.secure)

    def end(self, sid: str) -> None:
        """End every session of this login, now and when one comes back from a request that was under way."""
        now = self.clock().timestamp()
        with self.store.open() as connection:
            connection.execute("INSERT OR IGNORE INTO ended VALUES (?, ?)", (sid, now))
            connection.execute(EMPTY, (sid,))

    def end_all(self, sids: Iterable[str]) -> None:
        """End every session of these logins."""
        for sid in set(sids):
            self.end(sid)

    def logins(self) -> list[Login]:
        """Give who is logged in for somebody else."""
        with self.store.open() as connection:
            rows = connection.execute(
                "SELECT sid, content FROM session WHERE sid IS NOT NULL AND saved_at > ?", (self._oldest(),)
            ).fetchall()
        contents = [(row["sid"], json.loads(row["content"])) for row in rows]
        return [
            Login(sid, content["claims"], content.get("level", ""))
            for sid, content in contents
            if "represents" in content.get("claims", {})
        ]

    def is_ended(self, sid: str) -> bool:
        """Say whether this login was ended from outside."""
        with self.store.open() as connection:
            return connection.execute("SELECT 1 FROM ended WHERE sid = ?", (sid,)).fetchone() is not None

    def hear(self, jti: str) -> bool:
        """Note the number of a message; False when it was heard before."""
        now = self.clock().timestamp()
        with self.store.open() as connection:
            return connection.execute("INSERT OR IGNORE INTO heard VALUES (?, ?)", (jti, now)).rowcount == 1

    def _forget(self, connection: sqlite3.Connection, session: StoredSession) -> None:
        for number in {session.old_number, "" if session else session.number} - {""}:
            connection.execute("DELETE FROM session WHERE digest = ?", (_digest(number),))
        session.old_number = ""

    def _keep(self, connection: sqlite3.Connection, session: StoredSession) -> None:
        now = self.clock().timestamp()
        content = (json.dumps(dict(session)), session.get(SID), now)
        connection.execute("INSERT OR REPLACE INTO session VALUES (?, ?, ?, ?)", (_digest(session.number), *content))
        for table, moment in (("session", "saved_at"), ("ended", "ended_at"), ("heard", "heard_at")):
            connection.execute(f"DELETE FROM {table} WHERE {moment} <= ?", (self._oldest(),))

    def _oldest(self) -> float:
        return (self.clock() - KEPT_FOR).timestamp()


def _digest(number: str) -> str:
    """Give what is stored of a number: who reads our file cannot come in with it."""
    return sha256(number.encode()).hexdigest()
