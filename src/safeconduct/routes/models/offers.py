from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class OfferKind(models.TextChoices):
    RESETTLEMENT = "resettlement", _("resettlement")
    HUMANITARIAN_TRANSFER = "humanitarian_transfer", _("humanitarian transfer")
    FAMILY_REUNIFICATION = "family_reunification", _("family reunification")
    COMPLEMENTARY_PATHWAY = "complementary_pathway", _("complementary pathway")
    VOLUNTARY_REPATRIATION = "voluntary_repatriation", _("voluntary repatriation")
    GROUP_TRANSFER = "group_transfer", _("group transfer")


class OfferStatus(models.TextChoices):
    REPORTED = "reported", _("reported")
    DISCUSSED = "discussed", _("discussed")
    ANNOUNCED = "announced", _("announced")
    CONFIRMED = "confirmed", _("confirmed in writing")
    OPEN = "open", _("open")
    SUSPENDED = "suspended", _("suspended")
    CLOSED = "closed", _("closed")


# Only these enter a plan; all others only a scenario that is labelled so.
PLANNABLE = frozenset({OfferStatus.CONFIRMED, OfferStatus.OPEN})


class Offer(models.Model):
    """A way out that somebody offers, or is said to offer. No place in it is promised: the receiving state decides.

    Texts stand in three languages; `assumed` names the columns whose value nobody published.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.SlugField(_("offer"), max_length=60, unique=True)
    title = models.CharField(max_length=200)
    title_fa = models.CharField(max_length=200, blank=True)
    title_ar = models.CharField(max_length=200, blank=True)
    provider = models.CharField(max_length=200)
    destination = models.CharField(max_length=3, help_text=_("ISO 3166 alpha-3."))
    kind = models.CharField(max_length=30, choices=OfferKind)
    quota = models.PositiveIntegerField(null=True, blank=True, help_text=_("Places; empty: no upper limit."))
    used = models.PositiveIntegerField(default=0, help_text=_("Places taken before this register began to count."))
    medical_quota = models.PositiveIntegerField(null=True, blank=True)
    reserved_for_links = models.PositiveIntegerField(default=0)
    minimum_fill = models.PositiveIntegerField(default=0)
    opens_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    conditions = models.TextField(blank=True)
    conditions_fa = models.TextField(blank=True)
    conditions_ar = models.TextField(blank=True)
    exclusions = models.TextField(blank=True)
    exclusions_fa = models.TextField(blank=True)
    exclusions_ar = models.TextField(blank=True)
    unknowns = models.TextField(blank=True)
    unknowns_fa = models.TextField(blank=True)
    unknowns_ar = models.TextField(blank=True)
    guarantor = models.CharField(max_length=200, blank=True)
    supervising_body = models.CharField(max_length=200, blank=True)
    legal_basis = models.CharField(max_length=300, blank=True)
    assumed = models.JSONField(default=list, blank=True)
    criteria = models.TextField(blank=True, help_text=_("Who may go, in the compact form of `routes.criteria`."))
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on=None) | Q(closes_on=None) | Q(closes_on__gte=F("opens_on")),
                name="an_offer_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(quota=None) | Q(medical_quota=None) | Q(medical_quota__lte=F("quota")),
                name="medical_places_are_part_of_the_quota",
            ),
            models.CheckConstraint(
                condition=Q(quota=None) | Q(reserved_for_links__lte=F("quota")), name="reserved_places_are_part_of_the_quota"
            ),
            models.CheckConstraint(condition=Q(quota=None) | Q(minimum_fill__lte=F("quota")), name="a_minimum_fill_fits_the_quota"),
        ]

    def __str__(self) -> str:
        return self.key


class StatusEntry(models.Model):
    """What somebody said about the standing of an offer on a day. Entries that contradict each other both stay."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="statuses")
    status = models.CharField(max_length=12, choices=OfferStatus)
    on = models.DateField()
    speaker = models.CharField(max_length=200, blank=True)
    source = models.ForeignKey("sources.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    source_text = models.CharField(max_length=300, blank=True, help_text=_("Where it stands, when it is no listed source."))
    note = models.TextField(blank=True)
    counts = models.BooleanField(default=True, help_text=_("Whether it moves the offer's status, or stands only as what was said."))

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.status} {self.on}"


class OfferClaim(models.Model):
    """What somebody says about a condition, a number or an exclusion of an offer; shown as who says what."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="claims")
    about = models.CharField(max_length=40)
    says = models.TextField()
    says_fa = models.TextField(blank=True)
    says_ar = models.TextField(blank=True)
    speaker = models.CharField(max_length=200)
    source = models.ForeignKey("sources.Source", on_delete=models.PROTECT, null=True, related_name="+")
    said = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["about", "said", "id"]

    def __str__(self) -> str:
        return f"{self.about} of {self.offer_id}"


class InformationSheet(models.Model):
    """What a person hears about an offer before choosing, in one version. Published, never changed: a new one follows."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="sheets")
    version = models.PositiveSmallIntegerField()
    published_on = models.DateField()

    class Meta:
        ordering = ["offer", "-version"]
        constraints = [models.UniqueConstraint(fields=["offer", "version"], name="one_sheet_a_version")]

    def __str__(self) -> str:
        return f"sheet {self.version}"


class SheetSection(models.Model):
    """One section of an information sheet, in three languages. The hard parts come first."""

    class Kind(models.TextChoices):
        EXCLUSIONS = "exclusions", _("Who may not go")
        UNKNOWN = "unknown", _("What is not known")
        NOT_PROMISED = "not_promised", _("What nobody can promise")
        CONDITIONS = "conditions", _("Conditions")
        GUARANTOR = "guarantor", _("Who stands behind it")
        IF_YES = "if_yes", _("If you say yes")
        IF_NO = "if_no", _("If you say no")

    sheet = models.ForeignKey(InformationSheet, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    en = models.TextField()
    fa = models.TextField()
    ar = models.TextField()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.kind
