"""One private talk while it lasts: who is in the room, which offers are read, what was answered so far.

It lives in the signed-in session only, under a random mark; nothing is on record before the read-back is agreed to.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, MutableMapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.api import Refusal, Verdict
from safeconduct.routes.actions.choices import Given
from safeconduct.routes.models import Offer
from safeconduct.routes.rules import choice_counts

_KEY, _MOST = "talks", 5


class TalkGone(Refusal):
    code = "routes.talk_gone"
    says = _("This talk is no longer open in this browser.")
    mend = _("Look on the person's page whether it was recorded. If not, begin again with the question who is in the room.")
    status = 410


@dataclass
class Talk:
    """What was said so far. Offers stand by their short names, in the order in which they are read."""

    person: str
    language: str
    read_aloud: bool
    present: list[str]
    interpreter_chosen: bool
    offers: list[str]
    versions: dict[str, int]
    heard: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    alone: bool | None = None
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def counts(self) -> Verdict:
        """Whether the talk is private enough to count."""
        return choice_counts(present=self.present, interpreter_chosen=self.interpreter_chosen)

    def answer(self, offer: str, said: str) -> None:
        """Keep an answer; any other word is silence, which is no answer at all."""
        self.answers.pop(offer, None)
        if said in ("yes", "no", "not_now"):
            self.answers[offer] = said
        if offer not in self.heard:
            self.heard.append(offer)
        if said != "yes":
            self.order = [one for one in self.order if one != offer]
        elif offer not in self.order:
            self.order.append(offer)

    def move(self, how: str) -> None:
        """`up:offer` or `down:offer`: one place earlier or later."""
        way, _colon, offer = how.partition(":")
        if offer not in self.order or way not in ("up", "down"):
            return
        at = self.order.index(offer)
        to = min(max(at + (-1 if way == "up" else 1), 0), len(self.order) - 1)
        self.order.insert(to, self.order.pop(at))

    def next_unheard(self) -> int | None:
        """The number of the first offer that was not read yet, counted from 1; None when all were."""
        return next((at for at, offer in enumerate(self.offers, 1) if offer not in self.heard), None)

    def given(self, offers: Iterable[Offer]) -> list[Given]:
        """The answers as they are recorded."""
        return [
            Given(
                offer=one, answer=self.answers[one.key], sheet_version=self.versions[one.key],
                rank=self.order.index(one.key) + 1 if one.key in self.order else None,
            )
            for one in offers if one.key in self.answers
        ]  # fmt: skip


def keep(session: MutableMapping[str, Any], talk: Talk) -> None:
    """Keep a talk in the session, and no more than a few."""
    talks = {**session.get(_KEY, {}), talk.id: asdict(talk)}
    session[_KEY] = dict(list(talks.items())[-_MOST:])


def find(session: MutableMapping[str, Any], mark: UUID, *, person: UUID) -> Talk:
    """The talk under a mark, with this person; raises TalkGone."""
    found = session.get(_KEY, {}).get(str(mark))
    if found is None or found["person"] != str(person):
        raise TalkGone()
    return Talk(**found)


def end(session: MutableMapping[str, Any], talk: Talk) -> None:
    """Forget a talk."""
    session[_KEY] = {mark: kept for mark, kept in session.get(_KEY, {}).items() if mark != talk.id}
