from django.db.backends.sqlite3.features import DatabaseFeatures as SQLiteFeatures


class DatabaseFeatures(SQLiteFeatures):
    # The wheel is built for 250,000 parameters; Django splits bulk writes by the 999 of old builds.
    max_query_params = 32_000
