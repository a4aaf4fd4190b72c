"""Databases for tests: always a file beside the named one, sealed with the same folder's key."""

from contextlib import closing
from pathlib import Path

from django.db.backends.sqlite3.creation import DatabaseCreation as SQLiteCreation

from ..keys import key_of
from ..sealed import open_sealed


class DatabaseCreation(SQLiteCreation):
    @staticmethod
    def is_in_memory_db(database_name: object) -> bool:
        # A path is only ever a path here: a folder may well have "mode=memory" in its name.
        return str(database_name) == ":memory:" or str(database_name).startswith("file:")

    def _get_test_db_name(self) -> str:
        settings = self.connection.settings_dict
        name = Path(settings["NAME"])
        return settings["TEST"]["NAME"] or str(name.with_name(f"test_{name.name}"))

    def _create_test_db(self, verbosity: int, autoclobber: bool, keepdb: bool = False) -> str:
        path = Path(super()._create_test_db(verbosity, autoclobber, keepdb))
        if not (keepdb and path.exists()):
            _remove_logs(path)
            open_sealed(path, key_of(path.parent), create=True).close()
        return str(path)

    def _clone_test_db(self, suffix: str, verbosity: int, keepdb: bool = False) -> None:
        self.connection.close()
        source = Path(self.connection.settings_dict["NAME"])
        with closing(open_sealed(source, key_of(source.parent))) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        super()._clone_test_db(suffix, verbosity, keepdb)

    def _destroy_test_db(self, test_database_name: str, verbosity: int) -> None:
        super()._destroy_test_db(test_database_name, verbosity)
        _remove_logs(Path(test_database_name))


def _remove_logs(path: Path) -> None:
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
