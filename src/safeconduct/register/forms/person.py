"""The form that registers or corrects one person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.api import Actor
from safeconduct.core.dates import show_date, write_birth_date
from safeconduct.core.dates.fields import DayField
from safeconduct.core.languages import country_name, language_name
from safeconduct.core.reads.api import seen
from safeconduct.register.actions.people import Record
from safeconduct.register.forms.fields import BirthField, CountriesField
from safeconduct.register.forms.meanwhile import MeanwhileForm
from safeconduct.register.levels import CASE, MEDICAL, NEEDS
from safeconduct.register.models import NameKind, Person, Script, Sex, Status, Urgency
from safeconduct.register.needs import CODES, RESTRICTED, category
from safeconduct.register.showing import birth_of

# What is spoken at the site and by those who work there; whatever else a person speaks comes by a sheet and stays.
SPOKEN = ("fa", "ar", "ku", "ckb", "az", "lrc", "tk", "bal", "ps", "tr", "en", "fr", "de", "it")
_KINDS = (NameKind.GIVEN, NameKind.FAMILY, NameKind.FATHER, NameKind.GRANDFATHER, NameKind.ALIAS)


def _name(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class PersonForm(MeanwhileForm):
    """What is written down of a person, names in two scripts."""

    number = forms.CharField(
        label=_("Registration number"),
        max_length=40,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    given_arab = _name(_("Given name, Persian or Arabic script"))
    family_arab = _name(_("Family name, Persian or Arabic script"))
    father_arab = _name(_("Father's name, Persian or Arabic script"))
    grandfather_arab = _name(_("Grandfather's name, Persian or Arabic script"))
    alias_arab = _name(_("Other name, Persian or Arabic script"), _("A name by which the person is also known."))
    given_latn = _name(_("Given name, Latin letters"), _("As on a paper of the person."))
    family_latn = _name(_("Family name, Latin letters"))
    father_latn = _name(_("Father's name, Latin letters"))
    grandfather_latn = _name(_("Grandfather's name, Latin letters"))
    alias_latn = _name(_("Other name, Latin letters"))
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex, widget=forms.RadioSelect, initial=Sex.UNKNOWN)
    birth = BirthField(label=_("Born"))
    nationalities = CountriesField(
        label=_("Nationality"), max_length=200, required=False,
        help_text=_("By name or code; several parted by semicolons. “Stateless” and “unknown” are answers too."),
    )  # fmt: skip
    status = forms.ChoiceField(label=_("Status"), choices=[("", _("not recorded")), *Status.choices], required=False)
    status_since = DayField(label=_("Status since"), required=False)
    languages = forms.MultipleChoiceField(label=_("Speaks"), required=False, widget=forms.CheckboxSelectMultiple)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency, widget=forms.RadioSelect, initial=Urgency.NORMAL)
    needs = forms.MultipleChoiceField(
        label=_("Specific needs"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what the person told or a report says. No diagnosis."),
    )  # fmt: skip

    def __init__(self, *args: Any, reader: Actor, person: Person | None = None, **kwargs: Any) -> None:
        self.reader, self.person = reader, person
        self._others = self._untouched()
        super().__init__(*args, initial=self._shown() if person else None, **kwargs)
        tongue = get_language() or "en"
        spoken = {*SPOKEN, *(x.language for x in person.languages.all())} if person else set(SPOKEN)
        names = [(code, language_name(code, tongue)) for code in spoken]
        self.fields["languages"].choices = sorted(names, key=lambda each: each[1])  # type: ignore[attr-defined]
        self.fields["needs"].choices = [(code, f"{capfirst(label)} ({code})") for code, label in CODES.items()]  # type: ignore[attr-defined]
        if not reader.may("register.see_medical_needs"):
            self.fields["needs"].help_text = _("Needs that your role does not see stay as they are. No diagnosis.")

    def _untouched(self) -> list[tuple[str, str]]:
        """Names that the form has no field for: another script, or a second name of one kind. They stay."""
        if self.person is None:
            return []
        shown: set[tuple[str, str]] = set()
        others = []
        for name in self.person.names.all():
            if name.script == Script.OTHER or (name.kind, name.script) in shown:
                others.append((name.kind, name.text))
            shown.add((name.kind, name.script))
        return others

    def _standing(self) -> dict[str, Any]:
        assert self.person is not None
        person, tongue = self.person, get_language() or "en"
        status = next((s for s in person.statuses.all() if s.ends is None), None)
        names = {f"{n.kind}_{n.script.lower()}": n.text for n in reversed(list(person.names.all())) if n.script != Script.OTHER}
        hidden = not self.reader.may("register.see_medical_needs")
        seen(person, CASE, NEEDS)
        if not hidden and any(category(n.code) in RESTRICTED for n in person.needs.all() if n.ends is None):
            seen(person, MEDICAL)
        return {
            **names, "number": person.number, "sex": person.sex, "urgency": person.urgency,
            "birth": person.birth_as_told or write_birth_date(birth_of(person)),
            "nationalities": "; ".join(country_name(n.country, tongue) for n in person.nationalities.all()),
            "status": status.status if status else "",
            "status_since": show_date(status.since, language=tongue) if status and status.since else "",
            "languages": [spoken.language for spoken in person.languages.all()],
            "needs": [n.code for n in person.needs.all() if n.ends is None and not (hidden and category(n.code) in RESTRICTED)],
        }  # fmt: skip

    def _subject(self) -> str:
        return f"person {self.person.pk}" if self.person else "nobody"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if self.person is not None:
            self._settle()
        if not self.errors and not self._names() and not self._others:
            self.add_error("given_arab", _("Give at least one name, in either script."))
        return given

    def _names(self) -> list[tuple[str, str]]:
        scripts = (Script.ARABIC.value.lower(), Script.LATIN.value.lower())
        said = [(kind.value, self.cleaned_data.get(f"{kind.value}_{script}", "")) for kind in _KINDS for script in scripts]
        return [(kind, " ".join(text.split())) for kind, text in said if text.strip()]

    def record(self) -> Record:
        """What the form says. A birth that was not touched is left as it stands: an age told then would shift now."""
        given = self.cleaned_data
        untouched = self.person is not None and "birth" not in self.changed_data
        return Record(
            number=given["number"].strip(), names=tuple(dict.fromkeys([*self._names(), *self._others])), sex=given["sex"],
            birth=None if untouched else given["birth"], nationalities=given["nationalities"],
            languages=tuple(given["languages"]), needs=tuple(given["needs"]), urgency=given["urgency"],
            status=given["status"], status_since=given["status_since"],
        )  # fmt: skip


class NewPersonForm(PersonForm):
    """The same for somebody new, with where the person lives and since when."""

    block = forms.CharField(label=_("Block"), max_length=40, required=False)
    arrived_on = DayField(label=_("Arrived on"), required=False)
