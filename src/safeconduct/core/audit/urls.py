from django.urls import path

from safeconduct.core.audit import views

urlpatterns = [
    path("audit/", views.entries, name="audit"),
    path("audit/verification/", views.verification, name="audit_verification"),
]
