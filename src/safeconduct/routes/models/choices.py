from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safeconduct.routes.models.offers import InformationSheet, Offer


class Answer(models.TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
    NOT_NOW = "not_now", _("not now")


class Choice(models.Model):
    """What a person answered in one private talk. The newest talk counts; the older ones stay, seen by few.

    It counts only when nobody but the interviewer and an interpreter of the person's choosing was in the room.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("register.Person", on_delete=models.CASCADE, related_name="choices")
    taken_on = models.DateField()
    taken_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=5)
    read_aloud = models.BooleanField(default=False)
    present = models.JSONField(default=list, help_text=_("Who was in the room, by role."))
    interpreter_chosen = models.BooleanField(default=True, help_text=_("The person chose the interpreter, or needed none."))
    alone = models.BooleanField(default=False, help_text=_("Goes without the family if need be: the person's own wish."))
    superseded_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-recorded_at"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(superseded_at=None), name="one_choice_counts_at_a_time"),
        ]
        indexes = [models.Index(fields=["taken_on"], name="choice_by_day")]

    def __str__(self) -> str:
        return f"choice of {self.person_id}"


class ChoiceEntry(models.Model):
    """The answer to one offer, on the version of its sheet that the person received."""

    choice = models.ForeignKey(Choice, on_delete=models.CASCADE, related_name="entries")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, choices=Answer)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    sheet = models.ForeignKey(InformationSheet, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = [F("rank").asc(nulls_last=True), "id"]
        constraints = [
            models.UniqueConstraint(fields=["choice", "offer"], name="one_answer_an_offer"),
            models.UniqueConstraint(fields=["choice", "rank"], condition=~Q(rank=None), name="one_offer_a_rank"),
            models.CheckConstraint(condition=Q(rank=None) | Q(answer="yes"), name="only_a_yes_has_a_rank"),
        ]

    def __str__(self) -> str:
        return f"{self.answer} to {self.offer_id}"


class MarkKind(models.TextChoices):
    PIN = "pin", _("pinned")
    BAR = "bar", _("barred")


class Mark(models.Model):
    """An officer pins a person to an offer, or bars the pair, with a reason and a name; the person may ask for review.

    A pin never overrides the person's choice: it narrows a plan to what the person chose anyway.
    """

    person = models.ForeignKey("register.Person", on_delete=models.CASCADE, related_name="marks")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="marks")
    kind = models.CharField(max_length=3, choices=MarkKind)
    reason = models.TextField()
    made_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    review_asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["person", "offer"], condition=Q(ended_at=None), name="one_mark_a_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id} {self.offer_id}"
