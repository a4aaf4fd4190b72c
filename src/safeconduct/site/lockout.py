"""What somebody sees whose account rests after too many wrong passwords: the same page as after one wrong password."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.pages import refusal_page
from safeconduct.core.access.refusals import Refusal
from safeconduct.core.signin.forms import SignInForm
from safeconduct.core.signin.views.entering import refused_page


class PasswordRests(Refusal):
    """To whoever is signed in already: nothing is given away by saying so."""

    code = "signin.password_rests"
    says = _("After five wrong passwords an account rests for 15 minutes.")
    mend = _("Wait, or use a passkey. An administrator can end the rest at once.")
    status = 403


def rest(request: HttpRequest, response: Any = None, credentials: Any = None, *args: Any, **kwargs: Any) -> HttpResponse:
    """The sign-in page again, saying the same as for any wrong attempt."""
    if request.user.is_authenticated:
        return refusal_page(request, PasswordRests())
    form = SignInForm(request.POST or None)
    form.is_valid()
    return refused_page(request, form)
