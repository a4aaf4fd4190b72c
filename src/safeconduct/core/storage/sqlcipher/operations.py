"""SQL that depends on the version inside SQLCipher."""

from django.db.backends.sqlite3.operations import DatabaseOperations as SqliteOperations
from sqlcipher3 import dbapi2


class DatabaseOperations(SqliteOperations):
    def force_group_by(self) -> list[str]:
        return ["GROUP BY TRUE"] if dbapi2.sqlite_version_info < (3, 39) else []
