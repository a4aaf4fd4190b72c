from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from safeconduct.register.models.consents import Consent


class RecallAnswer(models.TextChoices):
    DELETED = "deleted", _("the recipient says that it was deleted")
    REFUSED = "refused", _("the recipient keeps it")
    SILENT = "silent", _("no answer came")


class Recall(models.Model):
    """After a withdrawal the recipient of what had left was asked to delete it, and what became of it."""

    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="recalls")
    leaving = models.CharField(max_length=80, help_text=_("What had left: its table and identifier."))
    asked_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=RecallAnswer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["leaving"], name="a_leaving_is_recalled_once")]

    def __str__(self) -> str:
        return f"recall of {self.leaving}"
