from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.roles import Role


class OpenAccountForm(forms.Form):
    username = forms.CharField(label=_("Account name"), max_length=60)
    display_name = forms.CharField(label=_("Name shown to colleagues"), max_length=120, required=False)
    password = forms.CharField(
        label=_("First password"),
        help_text=_("At least 15 characters. Its holder chooses another at the first sign-in."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    roles = forms.MultipleChoiceField(label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple)


class RoleForm(forms.Form):
    """One role more, of those that the account does not hold."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, held: Collection[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in Role if role not in held]  # type: ignore[attr-defined]
