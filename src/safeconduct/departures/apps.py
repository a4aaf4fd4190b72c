from django.apps import AppConfig


class DeparturesConfig(AppConfig):
    name = "safeconduct.departures"
    label = "departures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from safeconduct.departures import permissions  # noqa: F401  (declares them)
        from safeconduct.departures.models import Submission
        from safeconduct.departures.panel import read
        from safeconduct.register.api import mention, panel, tie

        panel(40, permission="departures.see_submissions", template="departures/_panel.html", read=read)
        mention("submissions", Submission)
        tie(Submission, erased=False)  # what left under a record is never written anew
        from safeconduct.departures.queries import left_under
        from safeconduct.register.api import leaves_by

        leaves_by(left_under)
