"""Consents and their withdrawals are append-only in the database itself, not only in our code."""

from django.db import migrations

SAYS = "the consent ledger is append-only"
# Table → what makes a row the same; SQLite replaces such a row without a delete.
TABLES = {
    "register_consent": "id = NEW.id",
    "register_consentwithdrawal": "id = NEW.id OR consent_id = NEW.consent_id",
}
_SQLITE = [
    statement
    for table, same in TABLES.items()
    for statement in (
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
        f"""CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
            WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) BEGIN SELECT RAISE(ABORT, '{SAYS}'); END""",
    )
]
_POSTGRESQL = [
    f"CREATE FUNCTION consents_stand() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{SAYS}'; END $$",
    *(
        statement
        for table in TABLES
        for statement in (
            f"""CREATE TRIGGER {table}_stands BEFORE UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION consents_stand()""",
            f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION consents_stand()""",
        )
    ),
]
_BACK = {
    "sqlite": [f"DROP TRIGGER {table}_no_{what}" for table in TABLES for what in ("update", "delete", "replace")],
    "postgresql": [
        *(f"DROP TRIGGER {table}_{what} ON {table}" for table in TABLES for what in ("stands", "no_truncate")),
        "DROP FUNCTION consents_stand",
    ],
}


def forth(apps, schema_editor):
    for statement in _SQLITE if schema_editor.connection.vendor == "sqlite" else _POSTGRESQL:
        schema_editor.execute(statement)


def back(apps, schema_editor):
    for statement in _BACK[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("register", "0004_consent_scope")]
    operations = [migrations.RunPython(forth, back)]
