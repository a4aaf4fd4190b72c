"""Two ways round the first triggers: SQLite replaces a row without a delete, PostgreSQL truncates a table without one."""

from django.db import migrations

_SQLITE = [
    """CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit_auditentry
       WHEN EXISTS (SELECT 1 FROM audit_auditentry WHERE number >= NEW.number OR digest = NEW.digest)
       BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END""",
]
_POSTGRESQL = [
    """CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit_auditentry
       FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()""",
]
_BACK = {
    "sqlite": ["DROP TRIGGER audit_no_replace"],
    "postgresql": ["DROP TRIGGER audit_no_truncate ON audit_auditentry"],
}


def forth(apps, schema_editor):
    for statement in _SQLITE if schema_editor.connection.vendor == "sqlite" else _POSTGRESQL:
        schema_editor.execute(statement)


def back(apps, schema_editor):
    for statement in _BACK[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [migrations.RunPython(forth, back)]
