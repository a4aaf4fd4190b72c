"""The room's question: who is present, before anything else."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LANGUAGES = (("fa", _("Persian")), ("ar", _("Arabic")), ("en", _("English")))
NOBODY, NOT_CHOSEN = "nobody", "interpreter_not_chosen"


class RoomForm(forms.Form):
    """Who else is here, in which language, and how the person receives the sheets."""

    company = forms.MultipleChoiceField(
        label=_("Who is in the room besides you and the person?"),
        choices=(
            (NOBODY, _("Nobody else")), ("interpreter", _("An interpreter whom the person chose")),
            (NOT_CHOSEN, _("An interpreter whom somebody else chose")), ("family", _("Somebody of the family")),
            ("resident", _("Another resident")), ("official", _("An official, a guard or police")), ("other", _("Somebody else")),
        ),
        help_text=_("Also whoever stands at the door or listens by telephone."), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick who is here, or that nobody else is.")},
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("In which language does the person want to hear the sheets?"), choices=LANGUAGES, widget=forms.RadioSelect
    )
    read_aloud = forms.ChoiceField(
        label=_("How does the person want to receive them?"),
        choices=(("yes", _("Read aloud")), ("no", _("Reads them without help"))),
        widget=forms.RadioSelect, error_messages={"required": _("Ask the person, and tick one of the two.")},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        company = given.get("company", [])
        if NOBODY in company and len(company) > 1:
            self.add_error("company", _("Either nobody else is here, or somebody is. Take one of the two away."))
        return given

    def present(self) -> list[str]:
        """Who is in the room, by role; whoever asks is always there."""
        who = {"interpreter" if one == NOT_CHOSEN else one for one in self.cleaned_data["company"] if one != NOBODY}
        return ["interviewer", *sorted(who)]

    def chosen(self) -> bool:
        """Whether the person chose every interpreter in the room, or needs none."""
        return NOT_CHOSEN not in self.cleaned_data["company"]


def company_of(present: Collection[str], *, interpreter_chosen: bool) -> list[str]:
    """What is ticked for those who are in the room."""
    words = {"interpreter": "interpreter" if interpreter_chosen else NOT_CHOSEN}
    return [words.get(who, who) for who in present if who != "interviewer"] or [NOBODY]
