"""The room's question: who is present, before anything else."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LANGUAGES = (("fa", _("Persian")), ("ar", _("Arabic")), ("en", _("English")))
_YES_NO = (("yes", _("Yes")), ("no", _("No")))
NOBODY = "nobody"


class RoomForm(forms.Form):
    """Who else is here, in which language, and how the person receives the sheets."""

    company = forms.MultipleChoiceField(
        label=_("Who is in the room besides you and the person?"),
        choices=(
            (NOBODY, _("Nobody else")), ("interpreter", _("An interpreter")), ("family", _("Somebody of the family")),
            ("resident", _("Another resident")), ("official", _("An official, a guard or police")), ("other", _("Somebody else")),
        ),
        help_text=_("Also whoever stands at the door or listens by telephone."), widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    interpreter_chosen = forms.ChoiceField(
        label=_("If there is an interpreter: did the person choose the interpreter?"), choices=_YES_NO, required=False, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label=_("In which language does the person want to hear the sheets?"), choices=LANGUAGES, widget=forms.RadioSelect)
    read_aloud = forms.ChoiceField(
        label=_("How does the person want to receive them?"), choices=(("yes", _("Read aloud")), ("no", _("Reads them without help"))),
        widget=forms.RadioSelect,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        company = given.get("company", [])
        if NOBODY in company and len(company) > 1:
            self.add_error("company", _("Either nobody else is here, or somebody is. Take one of the two away."))
        if "interpreter" in company and not given.get("interpreter_chosen"):
            self.add_error("interpreter_chosen", _("Ask the person, and write down the answer."))
        return given

    def present(self) -> list[str]:
        """Who is in the room, by role; whoever asks is always there."""
        return ["interviewer", *(who for who in self.cleaned_data["company"] if who != NOBODY)]

    def chosen(self) -> bool:
        """Whether the person chose the interpreter, or needs none."""
        return "interpreter" not in self.cleaned_data["company"] or self.cleaned_data["interpreter_chosen"] == "yes"
