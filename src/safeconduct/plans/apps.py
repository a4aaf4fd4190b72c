from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "safeconduct.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from safeconduct.plans import permissions  # noqa: F401  (declares them)
        from safeconduct.plans.panel import read
        from safeconduct.register.api import panel

        panel(30, permission="plans.see_plans", template="plans/_panel.html", read=read)
