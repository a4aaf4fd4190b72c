from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safeconduct.register.models.people import Person


class Presence(models.Model):
    """A person is at the site, in a block, from one day until another (exclusive)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="presences")
    block = models.CharField(max_length=40, blank=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True, help_text=_("The first day on which the person is no longer here."))

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ends=None), name="one_place_at_a_time"),
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gte=F("starts")), name="a_presence_ends_after_it_starts"
            ),
        ]
        indexes = [
            models.Index(fields=["block", "person"], condition=Q(ends=None), name="who_is_in_a_block"),
            models.Index(fields=["ends", "person"], condition=Q(ends__isnull=False), name="who_left_when"),
        ]

    def __str__(self) -> str:
        return f"presence of {self.person_id}"


class Need(models.Model):
    """A specific need (UNHCR code), from one day until another. No diagnosis, no free text."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="needs")
    code = models.CharField(max_length=6)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["person", "code"], condition=Q(ends=None), name="a_need_stands_once"),
        ]

    def __str__(self) -> str:
        return self.code


class Status(models.TextChoices):
    """UNHCR Master Glossary of Terms; Guidance on Registration."""

    REGISTERED = "registered", _("registered")
    ASYLUM_SEEKER = "asylum_seeker", _("asylum-seeker")
    REFUGEE = "refugee", _("recognised refugee")
    OTHER_OF_CONCERN = "other_of_concern", _("other person of concern")
    NOT_OF_CONCERN = "not_of_concern", _("not of concern")


class ProtectionStatus(models.Model):
    """A person's status from one day on; the newest counts, the older ones stay."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="statuses")
    status = models.CharField(max_length=20, choices=Status)
    since = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ends=None), name="one_status_at_a_time"),
            models.CheckConstraint(
                condition=Q(since=None) | Q(ends=None) | Q(ends__gte=F("since")), name="a_status_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.status


class BestInterestsDecision(models.Model):
    """A best-interests decision for a child, with the child's own views.

    UNHCR, Best Interests Procedure Guidelines (2021); Convention on the Rights of the Child, articles 3 and 12.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="best_interests")
    decided_on = models.DateField()
    allows_plan = models.BooleanField(default=False)
    allows_family_split = models.BooleanField(default=False)
    allows_return = models.BooleanField(default=False)
    own_views_heard = models.BooleanField()
    decided_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-decided_on", "-id"]

    def __str__(self) -> str:
        return f"decision for {self.person_id}"
