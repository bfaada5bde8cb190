"""The worker: hands outbox rows to their rooms, keeps the register's facts fresh, and throws away what is spent.

Killed at any moment it loses nothing: a row it held comes back when its lease ends. One thread works on the database;
what goes outside is carried by others, so that neither a slow portal nor a slow register holds up what comes after.
"""

from namens.worker.house import FIRST_TRIES, FURTHER_TRIES, Worker, erase_spent, run

__all__ = ["FIRST_TRIES", "FURTHER_TRIES", "Worker", "erase_spent", "run"]
