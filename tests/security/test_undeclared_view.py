"""A view that nobody declared cannot be reached, whoever asks."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.urls import include, path

from safeconduct.core.access.roles import Role

pytestmark = pytest.mark.django_db
urlpatterns = [
    path("", include("safeconduct.site.urls")),
    path("forgotten/", lambda request: HttpResponse("everything")),
]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("role", [None, *Role])
def test_a_view_without_a_policy_answers_nobody(client, account, role):
    if role:
        client.force_login(account(role), backend="django.contrib.auth.backends.ModelBackend")
    for answer in (client.get("/forgotten/"), client.post("/forgotten/")):
        assert answer.status_code == 403 and b"everything" not in answer.content
