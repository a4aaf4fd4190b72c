from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safeconduct.core.access.models import Account


class Factor(models.Model):
    """A second factor of an account: a passkey, or an authenticator app. Ended, never deleted: the audit chain names it.

    A passkey answers only under the host name where it was made, and of an ended one or an ended app nothing is kept that
    could open anything.
    """

    class Kind(models.TextChoices):
        PASSKEY = "passkey", _("passkey")
        APP = "app", _("authenticator app")

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="factors")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=60)
    host = models.CharField(max_length=253, blank=True)
    credential = models.BinaryField(null=True)  # a passkey's id and public key, as its authenticator gave them
    credential_digest = models.CharField(max_length=64, null=True, unique=True)
    uses = models.PositiveBigIntegerField(default=0)  # as the authenticator counts; 0 where it does not
    secret = models.BinaryField(null=True)  # an app's, sealed (`sealing.py`)
    last_step = models.BigIntegerField(default=0)  # the half minute of the last code that was taken: none counts twice
    added_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=Q(kind="app", ended_at=None), name="an_account_has_one_app"),
            models.CheckConstraint(
                condition=Q(ended_at=None, kind="passkey", credential__isnull=False, secret=None)
                | Q(ended_at=None, kind="app", credential=None, secret__isnull=False)
                | Q(ended_at__isnull=False, credential=None, secret=None),
                name="a_factor_holds_what_it_needs_until_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class RecoveryCode(models.Model):
    """One of ten codes that stand in for a second factor, each once. The code is not kept: what Argon2id makes of it is."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="recovery_codes")
    salt = models.BinaryField()
    derived = models.BinaryField()
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"recovery code {self.pk}"
