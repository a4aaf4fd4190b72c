"""Forms for what happens to a person: moves, leaves, family, relations, consents, decisions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from safeconduct.core import clock
from safeconduct.core.access.api import Actor
from safeconduct.core.dates import show_date
from safeconduct.core.dates.fields import DayField
from safeconduct.core.languages import ascii_digits, countries_by_name, language_name
from safeconduct.register.access import visible_to
from safeconduct.register.models import (
    Document,
    Evidence,
    Explained,
    FieldGroup,
    Giver,
    Person,
    Purpose,
    RelationKind,
    RelationToHead,
)
from safeconduct.register.showing import AGENCIES, OWN, recipient_name

EXPLAINED_IN = ("fa", "ar", "ku", "az", "en")


def _today() -> str:
    return show_date(clock.today(), language=get_language() or "en")


class MoveForm(forms.Form):
    block = forms.CharField(label=_("Block"), max_length=40)
    on = DayField(label=_("Since"), initial=_today)


class DayForm(forms.Form):
    """One day on which something ended or happened."""

    on = DayField(label=_("Day"), initial=_today)


class LeavingForm(forms.Form):
    on = DayField(label=_("First day away"), initial=_today)


class FamilyForm(forms.Form):
    number = forms.CharField(
        label=_("Family number"), max_length=40, widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=_("A number that does not exist yet begins a new family unit."),
    )  # fmt: skip
    relationship = forms.ChoiceField(label=_("What the person is to the head of the family"), choices=RelationToHead)
    starts = DayField(label=_("Since"), required=False)
    disputed_by = forms.CharField(
        label=_("Disputed by"), max_length=120, required=False, help_text=_("A role, never a name: “the aunt”.")
    )


class RelationForm(forms.Form):
    kind = forms.ChoiceField(label=_("This person is"), choices=RelationKind)
    other = forms.CharField(
        label=_("Registration number of the other person"), max_length=40, widget=forms.TextInput(attrs={"dir": "ltr"})
    )
    starts = DayField(label=_("Since"), required=False)
    disputed_by = forms.CharField(
        label=_("Disputed by"), max_length=120, required=False, help_text=_("A role, never a name: “the aunt”.")
    )

    def __init__(self, *args: Any, reader: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader

    def clean_other(self) -> Person:
        found = visible_to(self.reader).filter(number=ascii_digits(self.cleaned_data["other"]).strip()).first()
        if found is None:
            raise ValidationError(_("Nobody has this registration number. Search for the person and copy the number."))
        return found


class ConsentForm(forms.Form):
    purpose = forms.ChoiceField(label=_("For what"), choices=Purpose, widget=forms.RadioSelect)
    recipient = forms.ChoiceField(label=_("To whom"), help_text=_("One state or agency; each other one is asked for by itself."))
    scope = forms.MultipleChoiceField(
        label=_("What may go"), choices=FieldGroup, widget=forms.CheckboxSelectMultiple,
        help_text=_("Read each line aloud. What is not marked does not go. Without the names nothing can be sent."),
    )  # fmt: skip
    starts = DayField(label=_("From"), future=True, initial=_today)
    last_day = DayField(
        label=_("Last day"), future=True,
        help_text=_("After this day nothing leaves under this consent. It holds for two years at most."),
    )  # fmt: skip
    given_by = forms.ChoiceField(label=_("Who agreed"), choices=Giver, widget=forms.RadioSelect)
    views_heard = forms.BooleanField(
        label=_("The child's own view was heard"), required=False,
        help_text=_("For whoever is or may be under 18. Convention on the Rights of the Child, article 12."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Explained in"))
    explained = forms.ChoiceField(label=_("How it was explained"), choices=[
        (each.value, each.label) for each in Explained if each != Explained.UNKNOWN
    ], widget=forms.RadioSelect)  # fmt: skip
    evidence = forms.ChoiceField(label=_("How the person agreed"), choices=[
        (each.value, each.label) for each in Evidence if each != Evidence.EARLIER
    ], widget=forms.RadioSelect)  # fmt: skip
    evidence_place = forms.CharField(
        label=_("Where the paper or recording lies"), max_length=120, required=False,
        help_text=_("A shelf, a folder, a number; never a name."),
    )  # fmt: skip
    document = forms.ModelChoiceField(
        label=_("Its picture among the documents"), queryset=Document.objects.none(), required=False,
        help_text=_("Where the paper was photographed and added to the person's documents."),
    )  # fmt: skip
    own_state_known = forms.BooleanField(
        label=_("The person knows that this is the own state, or the state in which the site lies, and wants it"),
        required=False,
        help_text=_("Its authorities then learn that the person is here. That cannot be undone."),
    )  # fmt: skip

    def __init__(self, *args: Any, papers: QuerySet[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tongue = get_language() or "en"
        self.fields["document"].queryset = papers  # type: ignore[attr-defined]
        self.fields["document"].label_from_instance = lambda paper: (
            paper.told
            or show_date(  # type: ignore[attr-defined]
                clock.day_of(paper.added_at), language=tongue
            )
        )
        states = countries_by_name(tongue)
        agencies = [(OWN, recipient_name(OWN, language=tongue)), *((code, code) for code in AGENCIES)]
        self.fields["recipient"].choices = [("", "–"), (_("Agencies"), agencies), (_("States"), states)]  # type: ignore[attr-defined]
        self.fields["language"].choices = [(code, language_name(code, tongue)) for code in EXPLAINED_IN]  # type: ignore[attr-defined]


class BestInterestsForm(forms.Form):
    """What a decision allows; nothing is ticked beforehand."""

    decided_on = DayField(label=_("Decided on"), initial=_today)
    own_views_heard = forms.TypedChoiceField(
        label=_("The child's own views were heard"), choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect,
        coerce=lambda answer: answer == "yes", help_text=_("Convention on the Rights of the Child, article 12."),
    )  # fmt: skip
    allows_plan = forms.BooleanField(label=_("The child may be part of a plan"), required=False)
    allows_family_split = forms.BooleanField(label=_("The child may be parted from the family unit"), required=False)
    allows_return = forms.BooleanField(label=_("The child may return voluntarily to the country of origin"), required=False)
