from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """Work that somebody asked for. Its arguments are identifiers and codes, never a name.

    How far it is does not stand here but in the file that whoever does it holds locked (`holding`).
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits")
        RUNNING = "running", _("goes on")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    language = models.CharField(max_length=5)
    asked_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    address = models.CharField(max_length=200, blank=True, help_text=_("Where its result is seen."))
    code = models.CharField(max_length=80, blank=True, help_text=_("Why it failed, for machines."))
    says = models.TextField(blank=True, help_text=_("Why it failed, in the language of whoever asked."))

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["asked_at"], condition=models.Q(state__in=("waiting", "running")), name="work_to_do")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_over(self) -> bool:
        return self.state not in (self.State.WAITING, self.State.RUNNING)
