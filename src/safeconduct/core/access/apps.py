from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "safeconduct.core.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from safeconduct.core.access import guard

        guard.install()
