"""What somebody sees whose account rests after too many wrong passwords: the same page as after one wrong password."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from safeconduct.core.access.forms import SignInForm
from safeconduct.core.access.views import refused_page


def rest(request: HttpRequest, response: Any = None, credentials: Any = None, *args: Any, **kwargs: Any) -> HttpResponse:
    """The sign-in page again, saying the same as for any wrong attempt."""
    form = SignInForm(request.POST or None)
    form.is_valid()
    return refused_page(request, form)
