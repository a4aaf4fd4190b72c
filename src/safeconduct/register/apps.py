from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "safeconduct.register"
    label = "register"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from safeconduct.core.access.standing import answered_by
        from safeconduct.register import permissions  # noqa: F401  (declares them)
        from safeconduct.register.access import all_open
        from safeconduct.register.arrive.work import declare_work
        from safeconduct.register.documents import panel as documents
        from safeconduct.register.erasure import panel as erasure
        from safeconduct.register.exports import panel as exports
        from safeconduct.register.looked import panel as looked
        from safeconduct.register.merging import panel as merging
        from safeconduct.register.merging.own import declare_own
        from safeconduct.register.panels import panel
        from safeconduct.register.recall.leavings import declare_own as declare_leavings
        from safeconduct.register.sheets.kinds import declare_kinds
        from safeconduct.register.travelling import own as travelling
        from safeconduct.register.travelling import panel as brought

        panel(95, permission="register.see_case", template="register/exports/panel.html", read=exports.read)
        panel(94, permission="register.see_documents", template="register/documents/panel.html", read=documents.read)
        panel(12, permission="register.see_case", template="register/travelling/panel.html", read=brought.read)
        panel(97, permission="reads.see", template="register/looked/panel.html", read=looked.read)
        panel(98, permission="register.see_case", template="register/merging/panel.html", read=merging.read)
        panel(99, permission="register.ask_erasure", template="register/erasure/panel.html", read=erasure.read)
        declare_kinds()
        declare_work()
        declare_own()
        declare_leavings()
        travelling.declare_own()
        answered_by(all_open)
