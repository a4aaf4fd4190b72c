from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safeconduct.register.models.people import Person, StandingRecords


class FamilyUnit(models.Model):
    """People who live and move as a family. It stays together unless a person chose to go alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("family number"), max_length=40, unique=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged", db_index=False)

    objects = StandingRecords()
    every = models.Manager["FamilyUnit"]()

    class Meta:
        ordering = ["number"]
        base_manager_name = "every"
        constraints = [
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="no_family_is_merged_into_itself"),
        ]

    def __str__(self) -> str:
        return self.number


class RelationToHead(models.TextChoices):
    HEAD = "head", _("head of the family unit")
    SPOUSE = "spouse", _("spouse")
    CHILD = "child", _("child")
    PARENT = "parent", _("parent")
    SIBLING = "sibling", _("brother or sister")
    GRANDPARENT = "grandparent", _("grandparent")
    GRANDCHILD = "grandchild", _("grandchild")
    OTHER_RELATIVE = "other_relative", _("other relative")
    UNRELATED = "unrelated", _("not related")


class Membership(models.Model):
    """A person belongs to a family unit, from one day until another (exclusive); perhaps disputed."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    family = models.ForeignKey(FamilyUnit, on_delete=models.PROTECT, related_name="memberships")
    relationship = models.CharField(max_length=20, choices=RelationToHead, default=RelationToHead.OTHER_RELATIVE)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    disputed_by = models.CharField(max_length=120, blank=True, help_text=_("A role, never a name: “the aunt”."))

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ends=None), name="one_family_unit_at_a_time"),
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gte=F("starts")), name="a_membership_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.family_id}"


class RelationKind(models.TextChoices):
    SPOUSE = "spouse", _("spouse of")
    PARENT = "parent", _("parent of")
    SIBLING = "sibling", _("brother or sister of")
    GUARDIAN = "guardian", _("guardian of")
    CUSTODY = "custody", _("has custody of")
    DEPENDANT = "dependant", _("depends on")
    OTHER_RELATIVE = "other_relative", _("relative of")


class Relation(models.Model):
    """What one person is to another, from one day until another (exclusive); perhaps disputed."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relations")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relations_of")
    kind = models.CharField(max_length=20, choices=RelationKind)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    disputed_by = models.CharField(max_length=120, blank=True, help_text=_("A role, never a name: “the aunt”."))

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("other")), name="nobody_is_related_to_himself"),
            models.UniqueConstraint(fields=["person", "other", "kind"], condition=Q(ends=None), name="a_relation_stands_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.other_id}"
