"""Reading the parameters of a request the way RFC 6749 (3.1) wants: an empty one is absent, none comes twice."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

# Half a character (a lone surrogate) comes out of odd charsets of a form, and no database takes it.
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Parameters:
    """Values by name, and the names that came more than once or with control characters (those have no value)."""

    values: Mapping[str, str]
    malformed: frozenset[str]

    @classmethod
    def read(cls, query: QueryDict) -> "Parameters":
        """Read a query string or a form."""
        malformed = frozenset(name for name, given in query.lists() if len(given) > 1 or _CONTROL.search(given[0]))
        sound = {name: given[0] for name, given in query.lists() if name not in malformed and given[0]}
        return cls(values=sound, malformed=malformed)

    @classmethod
    def sound(cls, given: Mapping[str, str]) -> "Parameters":
        """Read parameters that come once each, from elsewhere than a query string or a form."""
        malformed = frozenset(name for name, value in given.items() if _CONTROL.search(value))
        return cls(
            values={name: value for name, value in given.items() if name not in malformed and value},
            malformed=malformed,
        )

    @classmethod
    def of(cls, request: HttpRequest) -> "Parameters":
        """Read the form of a POST, the query string of anything else."""
        return cls.read(request.POST if request.method == "POST" else request.GET)

    def get(self, name: str) -> str:
        """Give a value, empty when it is absent."""
        return self.values.get(name, "")

    def words(self, name: str) -> list[str]:
        """Give the values of a list: one ASCII space stands between them, no other (OpenID Connect Core 14)."""
        return [word for word in self.get(name).split(" ") if word]

    def __contains__(self, name: str) -> bool:
        return name in self.values
