"""What signing in may answer."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.refusals import Refusal


class _OfAccount(Refusal):
    """Its audit entry says of which account it is; its sentence does not."""

    status = 403

    def __init__(self, account: int | None = None, **numbers: Any) -> None:
        super().__init__(**numbers)
        self.about = f"access.account:{account}" if account else ""


class WrongCode(_OfAccount):
    code = "signin.wrong_code"
    says = _("This code does not open the site.")
    mend = _("Wait for the next code of the app: each counts once. Or take a recovery code that was not used yet.")


class WrongPasskey(_OfAccount):
    code = "signin.wrong_passkey"
    says = _("This passkey does not open the site.")
    mend = _("Try again, or take another way.")


class CopiedPasskey(_OfAccount):
    """Its counter went back: somebody else uses a copy of it (WebAuthn, 6.1.1)."""

    code = "signin.copied_passkey"
    says = _("This passkey was used less often than it was here: there may be a copy of it.")
    mend = _("Sign in another way, end this passkey and tell your administrator.")


class Resting(_OfAccount):
    code = "signin.resting"
    says = _("After five wrong codes an account rests for 15 minutes.")
    mend = _("Wait, or sign in with a passkey. If it was not you, somebody knows your password: tell your administrator.")


class TooLong(Refusal):
    code = "signin.too_long"
    says = _("Too much time has passed since the first step.")
    mend = _("Begin again.")
    status = 403


class KnownPasskey(Refusal):
    code = "signin.known_passkey"
    says = _("This passkey is set up already.")
    mend = _("Take another device, or another passkey of this one.")


class AppAlready(Refusal):
    code = "signin.app_already"
    says = _("An authenticator app is set up already.")
    mend = _("End it first, if the phone has changed.")


class LastFactor(Refusal):
    code = "signin.last_factor"
    says = _("On this site every account has a second factor, and this is your only one.")
    mend = _("Set up the new one first; then end this one.")


class NoFactor(Refusal):
    code = "signin.no_factor"
    says = _("Recovery codes stand in for a second factor, and this account has none.")
    mend = _("Set up a passkey or an authenticator app first.")


class OwnFactors(Refusal):
    code = "signin.own_factors"
    says = _("Nobody ends the own second factors on this page.")
    mend = _("End them one by one on the page of your account, or ask another administrator.")


class FirstPassword(Refusal):
    code = "signin.first_password"
    says = _("The password of this account was chosen by somebody else.")
    mend = _("Sign in once, in a browser or with safeconduct login, and choose your own.")
    status = 403
