from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "safeconduct.core.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.conf import settings

        from safeconduct.core.access import guard
        from safeconduct.core.access.permissions import only_what_travels

        guard.install()
        only_what_travels(bool(settings.TRAVELLING_COPY))
