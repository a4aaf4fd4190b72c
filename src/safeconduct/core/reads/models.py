"""Decisions about one person's log. The log itself is no table of the register: it lies in a file of its own (`book`)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Why a protection officer decided; a code, so that no name stands in it."""

    ASKED = "asked", _("the person asked for it")
    THREAT = "threat", _("the person or a relative was threatened or approached")
    LEAK = "leak", _("something that only the record tells is known outside")
    COMPLAINT = "complaint", _("a complaint about a member of staff")
    INQUIRY = "inquiry", _("an inquiry of the organisation")


class LogDecision(models.Model):
    """That staff names are shown in one person's log until a moment, or that the person got the log on paper.

    Never changed. The person is an identifier, no key: core knows no register.
    """

    class Kind(models.TextChoices):
        NAMES = "names", _("names of staff shown")
        PAPER = "paper", _("given to the person on paper")

    person = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=8, choices=Kind)
    reason = models.CharField(max_length=12, choices=Reason)
    decided_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True, help_text=_("Until then the names are shown."))

    class Meta:
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(kind="names") | Q(ends_at__isnull=False), name="names_are_shown_until_a_moment"),
        ]

    def __str__(self) -> str:
        return f"decision {self.pk}"
