from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.Form):
    username = forms.CharField(label=_("Account name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        label=_("Password"), max_length=200, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class CodeForm(forms.Form):
    """A code of the app, or a recovery code: one field takes both."""

    code = forms.CharField(
        label=_("Code"), max_length=60, strip=True,
        help_text=_("The six digits that your authenticator app shows now, or one of your recovery codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false", "dir": "ltr"}),
    )  # fmt: skip


class AppForm(forms.Form):
    """The first code of a new authenticator app."""

    name = forms.CharField(
        label=_("Name of the device"), max_length=60, help_text=_("So that you know it again later, such as “phone”.")
    )
    code = forms.CharField(
        label=_("Code"), max_length=60, help_text=_("The six digits that the app shows now."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr"}),
    )  # fmt: skip


class PasskeyForm(forms.Form):
    """A new passkey; what the browser made of it comes along unseen."""

    name = forms.CharField(label=_("Name of the passkey"), max_length=60,
                           help_text=_("So that you know it again later, such as “laptop” or “key on the ring”."))  # fmt: skip


class ProofForm(forms.Form):
    password = forms.CharField(
        label=_("Password"), max_length=200, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class NewPasswordForm(forms.Form):
    new = forms.CharField(
        label=_("New password"), max_length=200,
        help_text=_("At least 15 characters."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip


class PasswordForm(NewPasswordForm):
    current = forms.CharField(
        label=_("Current password"), max_length=200, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    field_order = ["current", "new"]
