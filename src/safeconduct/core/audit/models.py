from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")


class AuditEntry(models.Model):
    """One act, or one refusal, chained to the entry before it.

    Appended by `chain.append` only, inside the transaction of the act; triggers refuse every update and deletion.
    Holds numbers, codes and identifiers, never a resident's name.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    act = models.CharField(max_length=80)
    outcome = models.CharField(max_length=8, choices=Outcome)
    subject = models.CharField(max_length=200, blank=True)
    facts = models.TextField(default="{}", help_text=_("Canonical JSON, kept as text so that the digest is stable."))
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["subject", "number"], name="audit_by_subject")]

    def __str__(self) -> str:
        return f"{self.number} {self.act} {self.outcome}"
