"""What somebody sees whose account rests after too many wrong passwords: the same page as after one wrong password."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from safeconduct.core.access.forms import SignInForm


def rest(request: HttpRequest, response: Any = None, credentials: Any = None, *args: Any, **kwargs: Any) -> HttpResponse:
    """The sign-in page again, saying the same as for any wrong attempt."""
    form = SignInForm(request.POST or None)
    form.is_valid()
    form.add_error(None, _("This name and password do not open the site. After five wrong tries an account rests for 15 minutes."))
    return render(request, "access/sign_in.html", {"form": form, "next": request.POST.get("next", "")}, status=403)
