"""Need to know: whether an actor stands close enough to a person. A room that knows cases says so; core only asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.actors import Actor
from safeconduct.core.access.permissions import is_of_case
from safeconduct.core.access.refusals import Refusal

Ask = Callable[[Actor, frozenset[UUID]], bool]
_asked: list[Ask] = []


class NotYourCase(Refusal):
    """The person's case is assigned neither to the asker nor to a team of the asker."""

    code = "access.not_your_case"
    says = _("This person's case is assigned neither to you nor to your team.")
    mend = _("Ask a supervisor to assign it. In an emergency open it yourself, with a reason, for an hour.")
    status = 403


def answered_by(ask: Ask) -> None:
    """Say who knows whether all of some people stand in cases of an actor."""
    _asked[:] = [ask]


def refuse_outside(by: Actor, permission: str, values: Iterable[Any]) -> None:
    """Raise NotYourCase where a permission holds within cases only and one of the values is about somebody outside them."""
    if not is_of_case(permission) or by.via == "setup":
        return
    people = frozenset(_people(values))
    if people and not all(ask(by, people) for ask in _asked):
        raise NotYourCase()


def _people(values: Iterable[Any]) -> Iterator[UUID]:
    """Whom the arguments of an action are about: a person, or a row that belongs to one."""
    for value in values:
        label = getattr(getattr(value, "_meta", None), "label_lower", "")
        if label == "register.person":
            yield value.pk
        elif label and getattr(value, "person_id", None) is not None:
            yield value.person_id
