from django.apps import AppConfig


class DeparturesConfig(AppConfig):
    name = "safeconduct.departures"
    label = "departures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from safeconduct.departures import permissions  # noqa: F401  (declares them)
