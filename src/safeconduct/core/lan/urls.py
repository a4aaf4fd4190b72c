from django.urls import path

from safeconduct.core.lan import views

urlpatterns = [
    path("trust/", views.trust, name="trust"),
    path("trust/authority.crt", views.certificate, name="trust_certificate"),
]
