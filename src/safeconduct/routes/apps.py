from django.apps import AppConfig


class RoutesConfig(AppConfig):
    name = "safeconduct.routes"
    label = "routes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from safeconduct.routes import permissions  # noqa: F401  (declares them)
        from safeconduct.routes.sheets.kinds import declare_kinds

        declare_kinds()
