"""A passkey is asked for and shown, whatever for: the question is kept in the session, and each answer uses it up."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest

from safeconduct.core import clock
from safeconduct.core.access.models import Account
from safeconduct.core.signin import failures, sealing, webauthn
from safeconduct.core.signin.actions.proofs import prove_passkey, unproven
from safeconduct.core.signin.models import Factor
from safeconduct.core.signin.queries import factor_of_passkey, open_factors, passkeys
from safeconduct.core.signin.refusals import TooLong, WrongPasskey
from safeconduct.core.signin.webauthn import NoProof

_KEY = "passkey"
HOLDS = 5 * 60


def question(request: HttpRequest, account: Account | None) -> dict[str, Any]:
    """What the browser is asked for: a passkey of this account, or of anybody where none is known yet."""
    known = None
    if account is not None:
        known = [each.credential for each in passkeys(account, host=webauthn.host_of(request)) if each.credential]
    asked, state = webauthn.ask(request, known)
    _keep(request, state, "use")
    return asked


def question_for_new(request: HttpRequest, account: Account) -> dict[str, Any]:
    """What the browser is asked for to make a passkey for this account."""
    factors = open_factors(account).filter(kind=Factor.Kind.PASSKEY)
    asked, state = webauthn.ask_new(
        request, handle=sealing.handle_of(account.pk), label=account.username,
        known=[each.credential for each in factors if each.credential],
    )  # fmt: skip
    _keep(request, state, "make")
    return asked


def new_one(request: HttpRequest) -> webauthn.Made:
    """The passkey that the browser made. Raises WrongPasskey, TooLong."""
    state = _take(request, "make")
    try:
        return webauthn.made(request, state, _answer(request))
    except NoProof:
        raise WrongPasskey() from None


def shown(request: HttpRequest, account: Account | None) -> Factor:
    """The passkey that was used, proven and counted. Raises WrongPasskey, CopiedPasskey, TooLong; a failure is written."""
    state, at = _take(request, "use"), clock.now()
    owner = account.pk if account else None
    try:
        answer = _answer(request)
        factor = factor_of_passkey(webauthn.which(answer))
        if factor is None or factor.credential is None or owner not in (None, factor.account_id):
            raise NoProof
        owner = factor.account_id
        proof = webauthn.shown(request, state, factor.credential, answer)
        if account is None and not proof.handle:
            raise NoProof
    except NoProof:
        failures.write(failures.FACTOR, account=owner, at=at, code=WrongPasskey.code)
        raise WrongPasskey() from None
    return prove_passkey(by=unproven(factor.account), factor=factor, shown=proof, at=at, real=clock.real())


def _keep(request: HttpRequest, state: dict[str, Any], what: str) -> None:
    request.session[_KEY] = {"state": state, "since": clock.real().timestamp(), "what": what}


def _take(request: HttpRequest, what: str) -> Any:
    kept = request.session.pop(_KEY, None) or {}
    if kept.get("what") != what or not 0 <= clock.real().timestamp() - kept["since"] < HOLDS:
        raise TooLong()
    return kept["state"]


def _answer(request: HttpRequest) -> Any:
    try:
        return json.loads(request.POST.get("credential", ""))
    except ValueError:
        raise NoProof from None
