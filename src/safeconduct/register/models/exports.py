from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safeconduct.register.models.consents import Purpose
from safeconduct.register.models.people import Person


class ExportReason(models.TextChoices):
    """Why a sheet about people is wanted; a code, so that no name stands in it."""

    CORRECTION = "correction", _("to correct the register in a spreadsheet and read it in again")
    REFERRAL = "referral", _("to refer people to an organisation that helps them")
    DEPARTURE = "departure", _("to prepare a departure")
    REQUEST = "request", _("because the recipient asked for it")
    HANDOVER = "handover", _("to hand the register over")


class Export(models.Model):
    """A sheet about people that somebody asked for, a second person decided, and the first took out once; or none of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)
    purpose = models.CharField(max_length=20, choices=Purpose)
    recipient = models.CharField(max_length=60)
    reason = models.CharField(max_length=20, choices=ExportReason)
    asked_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    allowed = models.BooleanField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    rows = models.PositiveIntegerField(null=True, blank=True)
    people = models.PositiveIntegerField(null=True, blank=True)
    held_back = models.PositiveIntegerField(null=True, blank=True, help_text=_("People of whom nothing may leave."))
    digest = models.CharField(max_length=64, blank=True, help_text=_("SHA-256 of the file that left."))

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(asked_by=None) | ~Q(decided_by=F("asked_by")), name="an_export_needs_two_people"
            ),
            models.CheckConstraint(
                condition=Q(taken_at=None) | Q(allowed=True, decided_at__isnull=False), name="nothing_is_taken_out_undecided"
            ),
        ]

    def __str__(self) -> str:
        return f"export of {self.kind} to {self.recipient}"


class ExportedPerson(models.Model):
    """Somebody about whom an export told, under the consent in force at that moment, and the groups of fields that left."""

    export = models.ForeignKey(Export, on_delete=models.PROTECT, related_name="left")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="exports")
    consent = models.ForeignKey("register.Consent", on_delete=models.PROTECT, related_name="+")
    groups = models.JSONField(default=list)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["export", "person"], name="a_person_stands_once_in_an_export")]

    def __str__(self) -> str:
        return f"export of {self.person_id}"
