from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Plan(models.Model):
    """Who could go where, computed at one moment from the register, the offers and the choices as they stood.

    It promises nothing. A second person approves it; a scenario (with offers that are not in writing) is never approved.
    """

    class State(models.TextChoices):
        COMPUTED = "computed", _("waits for a second person")
        APPROVED = "approved", _("approved")
        SENT_BACK = "sent_back", _("sent back")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(unique=True)
    computed_at = models.DateTimeField()
    computed_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    as_of = models.DateField()
    is_scenario = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.COMPUTED)
    decided_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(blank=True)
    status = models.CharField(max_length=12)  # optimal, feasible: what the engine proved
    value = models.BigIntegerField()
    bound = models.BigIntegerField()
    bound_by = models.CharField(max_length=8)
    problem = models.BinaryField(help_text=_("The problem as the engine saw it: gzipped JSON, units numbered, no name."))
    plan = models.BinaryField(help_text=_("The engine's plan with its certificate: gzipped JSON."))
    checked = models.BooleanField(help_text=_("Independent code found every rule kept and the value exact."))
    seconds = models.FloatField()
    units = models.PositiveIntegerField()
    near = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", help_text=_("The plan it stays close to.")
    )
    loss = models.PositiveIntegerField(
        default=0, help_text=_("What it may be worth less than the best, in hundredths of a percent.")
    )
    curve = models.JSONField(default=list, help_text=_("[hundredths of a percent lost at most, people told something else]."))
    envy = models.PositiveIntegerField(
        null=True, help_text=_("Units that would rather go where a unit with a weaker claim goes, and would fit in its place.")
    )
    groups = models.JSONField(
        default=list, help_text=_("[kind, code, people, with a place, median days here of those who remain], rounded; none of few.")
    )
    people_chosen = models.PositiveIntegerField(help_text=_("People whose choice counts."))
    people_placed = models.PositiveIntegerField()
    flow = models.JSONField(default=list, help_text=_("People by first choice and offer given: [first, given or null, people]."))
    remain = models.JSONField(default=list, help_text=_("People who remain by main reason: [code, people]."))

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(computed_by=None) | ~Q(decided_by=F("computed_by")),
                name="nobody_approves_his_own_plan",
            ),
            models.CheckConstraint(condition=~Q(state="approved", is_scenario=True), name="a_scenario_is_never_approved"),
        ]

    def __str__(self) -> str:
        return f"plan {self.number}"


class PlannedOffer(models.Model):
    """An offer as it entered a plan: its places then, and what one and ten more would let leave."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="offers")
    offer = models.ForeignKey("routes.Offer", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField(help_text=_("The offer's number in the problem."))
    status = models.CharField(max_length=12)
    places = models.PositiveIntegerField(null=True)
    medical_places = models.PositiveIntegerField(null=True)
    reserved = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)
    chosen_first = models.PositiveIntegerField(default=0)
    planned = models.PositiveIntegerField(default=0)
    planned_medical = models.PositiveIntegerField(default=0)
    planned_with_link = models.PositiveIntegerField(default=0)
    one_more = models.IntegerField(null=True, help_text=_("More people who could leave with one more place."))
    ten_more = models.IntegerField(null=True)
    fifty_more = models.IntegerField(null=True)
    one_more_medical = models.IntegerField(null=True)
    price = models.BigIntegerField(null=True, help_text=_("Milli-points that one more place is worth."))
    dropped = models.JSONField(
        default=list, help_text=_("For each condition: whom it alone keeps away, and how many more could leave without it.")
    )

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["plan", "offer"], name="an_offer_stands_once_in_a_plan")]

    def __str__(self) -> str:
        return f"{self.offer_id} in {self.plan_id}"


class Assignment(models.Model):
    """What a plan says about one person: the offer, or none, and why. Reasons are codes and numbers; no other person is named."""

    # The constraint begins with the plan; an index of the plan alone would read a whole plan for one page of it.
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="assignments", db_index=False)
    person = models.ForeignKey("register.Person", on_delete=models.CASCADE, related_name="assignments")
    unit = models.IntegerField(null=True, help_text=_("The unit's number in the problem; empty: the person entered none."))
    offer = models.ForeignKey("routes.Offer", on_delete=models.PROTECT, null=True, related_name="+")
    rank = models.PositiveSmallIntegerField(null=True)
    first_choice = models.ForeignKey("routes.Offer", on_delete=models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=40, help_text=_("The main reason, as a code."))
    reasons = models.JSONField(default=list, help_text=_("Offer by offer: code and numbers."))
    nearest = models.JSONField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["plan", "person"], name="a_person_stands_once_in_a_plan")]
        indexes = [
            models.Index(fields=["plan", "why"], name="assignment_by_reason"),
            models.Index(fields=["plan", "person", "offer"], condition=Q(offer__isnull=False), name="who_has_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.plan_id}"
