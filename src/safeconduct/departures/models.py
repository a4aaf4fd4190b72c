from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class SubmissionFile(models.Model):
    """One sheet of submissions that was taken out for one offer: what it held is told by its rows and its digest."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey("plans.Plan", on_delete=models.PROTECT, related_name="+")
    offer = models.ForeignKey("routes.Offer", on_delete=models.PROTECT, related_name="+")
    recipient = models.CharField(max_length=60)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    people = models.PositiveIntegerField()
    held_back = models.PositiveIntegerField(help_text=_("People of the plan for whom no consent was in force."))
    digest = models.CharField(max_length=64, help_text=_("SHA-256 of the file that left."))

    class Meta:
        ordering = ["-taken_at"]

    def __str__(self) -> str:
        return f"submissions to {self.recipient}"


class Submission(models.Model):
    """A person submitted to a state, under the consent that was in force at that moment."""

    file = models.ForeignKey(SubmissionFile, on_delete=models.PROTECT, related_name="submissions")
    person = models.ForeignKey("register.Person", on_delete=models.PROTECT, related_name="submissions")
    consent = models.ForeignKey("register.Consent", on_delete=models.PROTECT, related_name="+")
    groups = models.JSONField(default=list, help_text=_("The groups of fields that left, as a sorted list of codes."))

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["file", "person"], name="a_person_stands_once_in_a_file")]

    def __str__(self) -> str:
        return f"submission of {self.person_id}"
