from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublisherKind(models.TextChoices):
    UN = "un", _("United Nations")
    GOVERNMENT = "government", _("a government")
    PARTY = "party", _("the residents' organisation or its supporters")
    CRITIC = "critic", _("critics of the residents' organisation")
    WIRE_MEDIA = "wire_media", _("a news agency or newspaper")
    NGO = "ngo", _("a non-governmental organisation")
    ACADEMIC = "academic", _("academic work")
    THINKTANK = "thinktank", _("a policy institute")
    PARLIAMENT = "parliament", _("a parliament")
    OFFICIAL_STAT = "official_stat", _("official statistics")
    OPINION = "opinion", _("an opinion article")
    LAW = "law", _("a legal instrument")


class Source(models.Model):
    """Where a statement was read: who published it, what, when, and how it was read. Public matter only."""

    key = models.CharField(max_length=60, primary_key=True)
    publisher = models.CharField(max_length=200)
    publisher_kind = models.CharField(max_length=20, choices=PublisherKind)
    title = models.CharField(max_length=400)
    published = models.CharField(max_length=20, blank=True, help_text=_("As far as it is known: 2013, 2013-03 or 2013-03-18."))
    url = models.URLField(max_length=500, blank=True)
    how_read = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"
