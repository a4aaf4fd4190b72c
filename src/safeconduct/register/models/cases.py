from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Case(models.Model):
    """People who are processed together: most often a family unit, or one person alone. What may be known is known by case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveBigIntegerField(unique=True)
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"case {self.number}"


class EmergencyReason(models.TextChoices):
    """Why somebody opened a case that is not assigned to them."""

    LIFE = "life", _("danger to life or health now")
    DEPARTURE = "departure", _("a departure under way")
    CHILD = "child", _("a child without care")
    ATTACK = "attack", _("an attack, a search or an arrest")
    OTHER = "other", _("another reason, told below")


class EmergencyOpening(models.Model):
    """A case opened in an emergency by somebody who had no part in it: with a reason, for an hour, read by a supervisor."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="openings")
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=12, choices=EmergencyReason)
    told = models.CharField(max_length=300, blank=True, help_text=_("In one sentence; without names."))
    opened_at = models.DateTimeField()
    read_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    justified = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(read_by=F("account")), name="nobody_reads_the_own_emergency_opening"),
        ]

    def __str__(self) -> str:
        return f"emergency opening {self.pk}"


class Assignment(models.Model):
    """Who may know a case: an account or a team, from one moment until another. Ended, never deleted.

    An emergency opening is an assignment that ends by itself.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignments", db_index=False)
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    team = models.ForeignKey("access.Team", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    since = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True, help_text=_("It ends by itself at this moment."))
    ended_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    opening = models.OneToOneField(EmergencyOpening, on_delete=models.PROTECT, null=True, related_name="assignment")

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(account=None, team__isnull=False) | Q(account__isnull=False, team=None),
                name="a_case_is_assigned_to_an_account_or_a_team",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("since")), name="an_assignment_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(opening=None) | Q(ends_at__isnull=False), name="an_emergency_opening_ends"),
            models.UniqueConstraint(
                fields=["case", "account"], condition=Q(ended_at=None, opening=None), name="a_case_is_given_once_to_an_account"
            ),
            models.UniqueConstraint(fields=["case", "team"], condition=Q(ended_at=None), name="a_case_is_given_once_to_a_team"),
        ]
        indexes = [
            models.Index(fields=["case"], condition=Q(ended_at=None), name="who_may_know_a_case"),
            models.Index(fields=["account", "case"], condition=Q(ended_at=None), name="cases_of_an_account"),
            models.Index(fields=["team", "case"], condition=Q(ended_at=None), name="cases_of_a_team"),
            models.Index(fields=["case", "since"], name="assignments_of_a_case"),
            models.Index(fields=["ends_at"], condition=Q(ended_at=None, ends_at__isnull=False), name="assignments_that_end"),
        ]

    def __str__(self) -> str:
        return f"assignment of {self.case_id}"
