from django.apps import AppConfig


class EmergencyConfig(AppConfig):
    name = "safeconduct.core.emergency"
    label = "emergency"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from safeconduct.core.emergency import permissions  # noqa: F401  (declares them)
