from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safeconduct.register.models.people import Person


class Purpose(models.TextChoices):
    SUBMISSION = "submission", _("submission to a receiving state")
    DEPARTURE = "departure", _("travel arrangements")
    CONTACT = "contact", _("contact with a relative")
    PUBLICATION = "publication", _("publication")


class Consent(models.Model):
    """A person's yes to one purpose and one recipient, from one day until another. Withdrawn, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    recipient = models.CharField(max_length=60, help_text=_("A code: DEU for a state, UNHCR for an agency."))
    starts = models.DateField()
    ends = models.DateField(help_text=_("The first day on which it no longer holds."))
    language = models.CharField(max_length=5, blank=True, help_text=_("The language in which it was explained."))
    recorded_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-recorded_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="consent_ends_after_it_starts"),
        ]
        indexes = [models.Index(fields=["purpose", "recipient", "person"], name="consent_by_recipient")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.recipient}"


class ConsentWithdrawal(models.Model):
    """The person took a consent back at this moment: an entry of its own, so that the yes stays on record."""

    consent = models.OneToOneField(Consent, on_delete=models.PROTECT, related_name="withdrawal")
    withdrawn_at = models.DateTimeField()
    recorded_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"withdrawal of {self.consent_id}"
