from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class InstrumentKind(models.TextChoices):
    DECISION = "decision", _("decision")
    AGREEMENT = "agreement", _("agreement")
    DEADLINE = "deadline", _("deadline")
    MONITOR = "monitor", _("monitor")
    MANDATE = "mandate", _("mandate")
    INSTRUMENT = "instrument", _("legal instrument")


class Instrument(models.Model):
    """A decision, agreement, deadline, monitor or mandate that governs the site. Public facts with a source."""

    key = models.SlugField(max_length=60, primary_key=True)
    kind = models.CharField(max_length=12, choices=InstrumentKind)
    title = models.CharField(max_length=300)
    title_fa = models.CharField(max_length=300, blank=True)
    title_ar = models.CharField(max_length=300, blank=True)
    body = models.CharField(max_length=200, blank=True)
    day = models.CharField(max_length=20, blank=True)
    ends = models.CharField(max_length=20, blank=True)
    says = models.TextField(blank=True)
    says_fa = models.TextField(blank=True)
    says_ar = models.TextField(blank=True)
    source = models.ForeignKey("sources.Source", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["day", "key"]

    def __str__(self) -> str:
        return self.key


class Reading(models.Model):
    """How somebody reads an instrument; where another disputes it, it stays a claim of who says what."""

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="readings")
    says = models.TextField()
    says_fa = models.TextField(blank=True)
    says_ar = models.TextField(blank=True)
    speaker = models.CharField(max_length=200)
    source = models.ForeignKey("sources.Source", on_delete=models.PROTECT, null=True, related_name="+")
    disputed_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"reading of {self.instrument_id}"
