from __future__ import annotations

import uuid

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safeconduct.register.models.families import FamilyUnit
from safeconduct.register.models.people import Person


class MergeKind(models.TextChoices):
    MERGE = "merge", _("two records became one")
    SPLIT = "split", _("one record became two")


class MergeReason(models.TextChoices):
    """Why two records were taken for one, or one for two."""

    DOCUMENT = "document", _("a document shows it")
    SAID = "said", _("the person says so")
    FAMILY = "family", _("the family says so")
    ENTERED_TWICE = "entered_twice", _("entered twice by mistake")
    MIXED = "mixed", _("two people were mixed up in one record")


class Merge(models.Model):
    """Two records became one, or one became two: who did it, why, and row by row what changed, so that it can be undone.

    `person` or `family` is the record that stands; `other_…` the one that was merged into it, or was split off.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=MergeKind)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="merges")
    other_person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    family = models.ForeignKey(FamilyUnit, on_delete=models.PROTECT, null=True, related_name="merges")
    other_family = models.ForeignKey(FamilyUnit, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=16, choices=MergeReason)
    done_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField()
    undone_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    stayed = models.PositiveIntegerField(default=0, help_text=_("Steps that were not undone: something newer was recorded since."))

    class Meta:
        ordering = ["-done_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, family=None) | Q(person=None, family__isnull=False),
                name="a_merge_is_of_people_or_of_families",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class MergedRow(models.Model):
    """What a merge or a split did to one row: as it stood before, and what was written.

    `before` is empty for a row that came with it; `after` is empty for a row that was taken out and stands here alone.
    """

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    table = models.CharField(max_length=60)
    row = models.CharField(max_length=40)
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ["merge", "position"]
        constraints = [models.UniqueConstraint(fields=["merge", "position"], name="a_step_of_a_merge_stands_once")]

    def __str__(self) -> str:
        return f"{self.table}:{self.row}"
