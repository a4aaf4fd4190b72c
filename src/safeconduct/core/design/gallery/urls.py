"""The three addresses that the page header needs; in the gallery they lead nowhere."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def nowhere(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=204)


urlpatterns = [
    path("language/", nowhere, name="set_language"),
    path("account/", nowhere, name="own_account"),
    path("sign-out/", nowhere, name="sign_out"),
]
