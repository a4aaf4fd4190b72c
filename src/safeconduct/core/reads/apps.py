from django.apps import AppConfig


class ReadsConfig(AppConfig):
    name = "safeconduct.core.reads"
    label = "reads"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from safeconduct.core.access.actions import beside_each
        from safeconduct.core.reads import permissions  # noqa: F401  (declares them)
        from safeconduct.core.reads.anchoring import beside_an_action

        beside_each(beside_an_action)
