"""Forms for cases: to whom they are given, and opening one in an emergency."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.api import Account, Team
from safeconduct.register.cases import may_be_given
from safeconduct.register.models import EmergencyReason


class AssignForm(forms.Form):
    """One colleague or one team."""

    to = forms.ChoiceField(label=_("To whom"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues, teams = may_be_given()
        self._known: dict[str, Account | Team] = {f"team-{team.pk}": team for team in teams}
        self._known |= {f"account-{one.pk}": one for one in colleagues}
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (_("Teams"), [(key, str(one)) for key, one in self._known.items() if isinstance(one, Team)]),
            (_("Colleagues"), [(key, str(one)) for key, one in self._known.items() if isinstance(one, Account)]),
        ]

    def target(self) -> dict[str, Any]:
        """What `assign` takes: `account=` or `team=`."""
        found = self._known[self.cleaned_data["to"]]
        return {"team": found} if isinstance(found, Team) else {"account": found}


class OtherCaseForm(forms.Form):
    """Into which case somebody is put; empty for a new one."""

    case = forms.IntegerField(
        label=_("Number of the other case"), required=False, min_value=1,
        help_text=_("Empty: a new case, kept by whoever has this one."),
    )  # fmt: skip


class EmergencyForm(forms.Form):
    number = forms.CharField(
        label=_("Registration number"), max_length=40, widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"})
    )
    reason = forms.ChoiceField(label=_("Why now"), choices=EmergencyReason, widget=forms.RadioSelect)
    told = forms.CharField(
        label=_("In one sentence"), max_length=300, required=False,
        help_text=_("Without names. A supervisor reads it."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("reason") == EmergencyReason.OTHER and not (given.get("told") or "").strip():
            self.add_error("told", ValidationError(_("Tell in one sentence why the case has to be opened now; without names.")))
        return given


class JudgeForm(forms.Form):
    justified = forms.ChoiceField(
        label=_("Was it justified?"), choices=(("yes", _("Yes, it was")), ("no", _("No, it was not"))), widget=forms.RadioSelect
    )
