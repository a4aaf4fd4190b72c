from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "safeconduct.core.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from safeconduct.core.jobs import permissions  # noqa: F401  (declares them)
