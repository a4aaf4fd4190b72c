from django.apps import AppConfig


class FlowsConfig(AppConfig):
    name = "safeconduct.flows"
    label = "flows"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from safeconduct.flows import permissions  # noqa: F401  (declares them)
