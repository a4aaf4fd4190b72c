"""The site's folder, its key, its sealed database and its backups. Other rooms use `safeconduct.core.storage.api`."""
