from django.apps import AppConfig


class SigninConfig(AppConfig):
    name = "safeconduct.core.signin"
    label = "signin"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from safeconduct.core.signin import failures, permissions  # noqa: F401

        failures.listen()
