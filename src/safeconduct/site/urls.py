"""Every page of the case site. Each view declares who may open it; a route without a declared policy cannot be reached."""

from django.urls import include, path

urlpatterns = [
    path("", include("safeconduct.flows.urls")),
    path("", include("safeconduct.core.access.urls")),
    path("", include("safeconduct.core.signin.urls")),
    path("", include("safeconduct.core.audit.urls")),
    path("", include("safeconduct.core.reads.urls")),
    path("", include("safeconduct.core.jobs.urls")),
    path("", include("safeconduct.core.emergency.urls")),
    path("", include("safeconduct.core.lan.urls")),
    path("", include("safeconduct.register.urls")),
    path("", include("safeconduct.register.exports.urls")),
    path("", include("safeconduct.register.looked.urls")),
    path("", include("safeconduct.register.recall.urls")),
    path("", include("safeconduct.register.erasure.urls")),
    path("", include("safeconduct.register.documents.urls")),
    path("", include("safeconduct.register.merging.urls")),
    path("", include("safeconduct.register.travelling.urls")),
    path("", include("safeconduct.register.arrive.urls")),
    path("", include("safeconduct.routes.urls")),
    path("", include("safeconduct.plans.urls")),
    path("", include("safeconduct.departures.urls")),
]

handler404 = "safeconduct.site.failures.not_found"
handler500 = "safeconduct.site.failures.broken"
