from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safeconduct.register.models.people import Person


class ErasureGround(models.TextChoices):
    """General Data Protection Regulation, article 17(1); UNHCR, General Policy on Personal Data Protection (2022)."""

    ASKED = "asked", _("the person asks for it and takes back what they agreed to")
    NO_LONGER_NEEDED = "no_longer_needed", _("the record is no longer needed for what it was made for")
    WITHOUT_GROUND = "without_ground", _("the record should never have been made")
    OBJECTS = "objects", _("the person objects to being on record")


class Erasure(models.Model):
    """A request to erase a person's record, the decision of a second person, and when it was done.

    What is left of an erased person is the row itself, without a name, number or date, and what the law says must stay: to
    whom something was disclosed, when, and under which consent.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="erasures")
    ground = models.CharField(max_length=20, choices=ErasureGround)
    asked_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    allowed = models.BooleanField(null=True, blank=True)
    because = models.CharField(max_length=200, blank=True, help_text=_("Why not, in a few words; without names."))

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(decided_by=F("asked_by")), name="nobody_decides_on_the_own_erasure_request"),
            models.UniqueConstraint(fields=["person"], condition=Q(decided_at=None), name="one_erasure_request_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"erasure {self.pk}"
