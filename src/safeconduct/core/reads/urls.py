from django.urls import path

from safeconduct.core.reads import views

urlpatterns = [
    path("reads/unusual/", views.unusual, name="unusual_reads"),
    path("reads/verification/", views.verification, name="reads_verification"),
]
