from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "safeconduct.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from safeconduct.plans import permissions  # noqa: F401  (declares them)
        from safeconduct.plans.models import Assignment
        from safeconduct.plans.panel import read
        from safeconduct.register.api import panel, tie, unless_alike

        panel(30, permission="plans.see_plans", template="plans/_panel.html", read=read)
        # Where both records stand in a plan, what it says of the other one stays there, as history.
        tie(Assignment, move=unless_alike(Assignment, "plan_id", stays=True))
        from safeconduct.plans.work import declare_work

        declare_work()
