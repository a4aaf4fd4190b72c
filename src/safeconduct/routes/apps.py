from django.apps import AppConfig


class RoutesConfig(AppConfig):
    name = "safeconduct.routes"
    label = "routes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from safeconduct.register.api import mention, panel
        from safeconduct.routes import panel as parts
        from safeconduct.routes import permissions  # noqa: F401  (declares them)
        from safeconduct.routes.models import Choice, Mark

        mention("choices", Choice)
        mention("marks", Mark)
        panel(20, permission="routes.see_choices", template="routes/parts/talks.html", read=parts.read_talks)
        panel(21, permission="routes.see_eligibility", template="routes/parts/eligibility.html", read=parts.read_eligibility)
        from safeconduct.routes.merging import declare_ties
        from safeconduct.routes.sheets.kinds import declare_kinds
        from safeconduct.routes.travelling import declare_travelling

        declare_kinds()
        declare_ties()
        declare_travelling()
