"""What a provider remembers, in memory: who was sent here to log in, and which codes wait to be exchanged."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rehearsal.openid.asking import Question
from rehearsal.openid.means import LoggedIn

TIME_TO_LOG_IN = timedelta(minutes=15)
TIME_TO_EXCHANGE = timedelta(seconds=60)


@dataclass(frozen=True)
class Grant:
    """Somebody logged in: what the code stands for."""

    question: Question
    who: LoggedIn
    at: datetime


@dataclass
class Ledger:
    """Open questions and unused codes."""

    _questions: dict[str, tuple[Question, datetime]] = field(default_factory=dict)
    _grants: dict[str, Grant] = field(default_factory=dict)

    def open(self, question: Question, *, now: datetime) -> str:
        """Keep a question while somebody logs in; give its id. It may be answered twice: people double-click."""
        self._questions = {key: kept for key, kept in self._questions.items() if now - kept[1] < TIME_TO_LOG_IN}
        key = secrets.token_urlsafe(24)
        self._questions[key] = (question, now)
        return key

    def find(self, key: str, *, now: datetime) -> Question | None:
        """Give an open question."""
        question, since = self._questions.get(key, (None, now))
        return question if now - since < TIME_TO_LOG_IN else None

    def issue(self, grant: Grant) -> str:
        """Give a new code for this grant."""
        self._grants = {code: kept for code, kept in self._grants.items() if grant.at - kept.at < TIME_TO_EXCHANGE}
        code = secrets.token_urlsafe(32)
        self._grants[code] = grant
        return code

    def take(self, code: str, *, now: datetime) -> Grant | None:
        """Give what the code stands for, once, within its minute."""
        grant = self._grants.pop(code, None)
        return grant if grant and now - grant.at < TIME_TO_EXCHANGE else None
