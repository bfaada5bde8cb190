"""The database's own refusal to change or remove journal entries: triggers for SQLite and PostgreSQL."""

from collections.abc import Sequence

TABLE = "journal_journalentry"

_SQLITE_REFUSAL = "BEGIN SELECT RAISE(ABORT, 'the journal is insert-only'); END"
_SQLITE_KNOWN = f"EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id)"  # noqa: S608 - our own table's name
_SQLITE_INSTALL = [
    f"CREATE TRIGGER journal_no_UPDATE BEFORE UPDATE ON {TABLE} {_SQLITE_REFUSAL}",
    f"CREATE TRIGGER journal_no_DELETE BEFORE DELETE ON {TABLE} {_SQLITE_REFUSAL}",
    # INSERT OR REPLACE removes the older row without asking the trigger on DELETE.
    f"CREATE TRIGGER journal_no_REPLACE BEFORE INSERT ON {TABLE} WHEN {_SQLITE_KNOWN} {_SQLITE_REFUSAL}",
]
_SQLITE_REMOVE = [f"DROP TRIGGER IF EXISTS journal_no_{verb}" for verb in ("UPDATE", "DELETE", "REPLACE")]

_POSTGRESQL_INSTALL = [
    """CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the journal is insert-only'; END $$""",
    f"""CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()""",
]
_POSTGRESQL_REMOVE = [f"DROP TRIGGER IF EXISTS journal_no_change ON {TABLE}"]

INSTALL: dict[str, Sequence[str]] = {"sqlite": _SQLITE_INSTALL, "postgresql": _POSTGRESQL_INSTALL}
REMOVE: dict[str, Sequence[str]] = {"sqlite": _SQLITE_REMOVE, "postgresql": _POSTGRESQL_REMOVE}
