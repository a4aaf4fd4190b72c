from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "safeconduct.core.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from safeconduct.core.audit import permissions  # noqa: F401  (declares them)
