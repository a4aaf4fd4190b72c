"""Django's SQLite backend over SQLCipher: ENGINE "safeconduct.core.storage.sqlcipher"."""
