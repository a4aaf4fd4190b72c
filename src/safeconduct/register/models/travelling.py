from __future__ import annotations

import secrets
import uuid

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safeconduct.register.models.people import Person


def fresh_secret() -> bytes:
    return secrets.token_bytes(32)


class Travel(models.Model):
    """Some cases were taken along by one account in a sealed copy of their own: when, until when, and what became of it.

    `secret` lies in the register and in the copy alone: by it the copy is known again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    secret = models.BinaryField(default=fresh_secret)
    cases = models.PositiveIntegerField()
    taken_at = models.DateTimeField()
    due_on = models.DateField(help_text=_("The day by which it is to be back."))
    back_at = models.DateTimeField(null=True, blank=True)
    back_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    acts = models.PositiveBigIntegerField(default=0, help_text=_("The last number of the copy's audit chain when it came back."))
    lost_at = models.DateTimeField(null=True, blank=True, help_text=_("From then on the copy is not taken back."))
    lost_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-taken_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(back_at=None) | Q(lost_at=None), name="a_travel_is_back_or_lost"),
        ]

    def __str__(self) -> str:
        return f"travel {self.pk}"


class TravellingRecord(models.Model):
    """Somebody whose record was taken along, and how it stood then; forgotten when the copy is back or lost.

    With it the register tells what was changed on the copy, here, or on both.
    """

    travel = models.ForeignKey(Travel, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    base = models.JSONField(encoder=DjangoJSONEncoder)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["travel", "person"], name="somebody_travels_once_in_a_copy")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.travel_id}"


class WhyHeld(models.TextChoices):
    """Why something that came back was not written at once."""

    BOTH = "both", _("it was changed here too")
    NOT_YOURS = "not_yours", _("the case is no longer that colleague's")
    NO_RIGHT = "no_right", _("the colleague no longer holds the right for it")
    MERGED = "merged", _("the record was merged into another meanwhile")
    WITHDRAWN = "withdrawn", _("the person took the same consent back meanwhile")
    CLASH = "clash", _("it contradicts something else that stands here")


class HeldChange(models.Model):
    """Something that came back on a copy and waits for a decision: as it was taken along, as it came back, as it stands here.

    `slot` says which part of the person's record; the three values are rows as plain lists, or one entry of a ledger.
    """

    travel = models.ForeignKey(Travel, on_delete=models.PROTECT, related_name="held")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="held")
    part = models.CharField(max_length=30)
    slot = models.CharField(max_length=120, blank=True)
    why = models.CharField(max_length=12, choices=WhyHeld)
    base = models.JSONField(encoder=DjangoJSONEncoder)
    brought = models.JSONField(encoder=DjangoJSONEncoder)
    stands = models.JSONField(encoder=DjangoJSONEncoder)
    decided_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    taken = models.BooleanField(null=True, blank=True, help_text=_("Whether what came back was written."))

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["person"], condition=Q(decided_at=None), name="what_waits_of_a_person")]

    def __str__(self) -> str:
        return f"{self.part} of {self.person_id}"
