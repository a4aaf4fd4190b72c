from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportBatch(models.Model):
    """A sheet that was read and waits for a decision, or was accepted. Its rows hold personal data until it is closed."""

    class State(models.TextChoices):
        READING = "reading", _("is being read")
        COLUMNS = "columns", _("waits for its columns")
        WAITING = "waiting", _("waits for a decision")
        ACCEPTED = "accepted", _("accepted")
        DISCARDED = "discarded", _("discarded")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)  # people, families, offers, choices: the registry of kinds
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    digest = models.CharField(max_length=64, help_text=_("SHA-256 of the file."))
    sheet = models.CharField(max_length=120, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    content = models.BinaryField(null=True, help_text=_("The file itself, sealed with the database, until it is decided."))
    headers = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    possible_duplicates = models.PositiveIntegerField(default=0)
    faulty = models.PositiveIntegerField(default=0)
    read_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-read_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class RowState(models.TextChoices):
    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", _("unchanged")
    POSSIBLE_DUPLICATE = "possible_duplicate", _("perhaps here already")
    FAULTY = "faulty", _("faulty")


class ImportedRow(models.Model):
    """One row of a waiting sheet, as it was written and as it was understood."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=20, choices=RowState)
    cells = models.JSONField(default=dict)
    clean = models.JSONField(null=True)
    faults = models.JSONField(default=list)
    likely = models.JSONField(default=list, help_text=_("Numbers of people who may be the same person, with the reason."))
    take = models.BooleanField(default=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="a_row_stands_once_in_its_sheet")]

    def __str__(self) -> str:
        return f"row {self.number}"


class RememberedColumn(models.Model):
    """What a colleague's sheet calls one of our columns, remembered for the next sheet of its kind."""

    kind = models.CharField(max_length=20)
    header = models.CharField(max_length=200)
    column = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "header"], name="a_header_means_one_column")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.column}"
