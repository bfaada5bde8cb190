"""The life of the door: what it opens when it starts, and lets go when it is stopped."""

import asyncio
import gc
from pathlib import Path

from django.conf import settings

from namens.decisions.books import Books
from namens.decisions.door import Door
from namens.decisions.http import Receive, Scope, Send
from namens.decisions.lookups import Reader
from namens.decisions.postgresql import PostgresqlReader
from namens.decisions.program import allow_files
from namens.decisions.sqlite import SqliteReader


class Application:
    """An ASGI 3 application with a life (`lifespan`)."""

    def __init__(self, reader: Reader | None = None) -> None:
        self._reader = reader or reader_of_settings()
        self.books = Books(settings.DECISIONS)
        self._reader.count_with(self.books.counts)
        self._door = Door(self._reader, self.books)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or begin and end."""
        if scope["type"] == "http":
            await self._door(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            event = await receive()
            if event["type"] == "lifespan.startup":
                allow_files()
                try:
                    self.books.open()
                except OSError as problem:
                    await send({"type": "lifespan.startup.failed", "message": f"no books: {type(problem).__name__}"})
                    return
                await self._reader.open()
                # What lives as long as the process is never looked at again by the collector.
                gc.collect()
                gc.freeze()
                await send({"type": "lifespan.startup.complete"})
            else:
                await self._reader.close()
                await asyncio.to_thread(self.books.close)
                await send({"type": "lifespan.shutdown.complete"})
                return


def reader_of_settings() -> Reader:
    """Give what reads from the databases that are set."""
    chosen, database = settings.DECISIONS, settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        return SqliteReader(Path(str(database["NAME"])))
    return PostgresqlReader(
        chosen.database_urls,
        connections=chosen.connections,
        most_waiting=chosen.most_waiting,
        beats=bool(chosen.replicas),
    )
