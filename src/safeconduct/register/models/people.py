from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safeconduct.core.reads.watching import Watched


class Sex(models.TextChoices):
    FEMALE = "female", _("female")
    MALE = "male", _("male")
    OTHER = "other", _("other")
    UNKNOWN = "unknown", _("not recorded")


class Urgency(models.TextChoices):
    """UNHCR Resettlement Handbook: emergency within days, urgent within weeks, normal."""

    NORMAL = "normal", _("normal")
    URGENT = "urgent", _("urgent")
    EMERGENCY = "emergency", _("emergency")


class StandingRecords(models.Manager[Any]):
    """The records that stand for themselves: not those that were merged into another, nor what is left of an erased one."""

    def get_queryset(self) -> models.QuerySet[Any]:
        gone = {"erased_at": None} if hasattr(self.model, "erased_at") else {}
        return super().get_queryset().filter(merged_into=None, **gone)


class Person(Watched):
    """Somebody registered at the site. Personal data throughout; political affiliation, rank and religion are no fields.

    The birth date is the interval that is known, with its precision and the words in which it was told. A record that was
    merged into another is kept, out of sight of `objects`; `every` finds it too.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("registration number"), max_length=40, unique=True)
    case = models.ForeignKey("register.Case", on_delete=models.PROTECT, null=True, related_name="people")
    sex = models.CharField(max_length=8, choices=Sex, default=Sex.UNKNOWN)
    born_earliest = models.DateField(null=True, blank=True)
    born_latest = models.DateField(null=True, blank=True)
    birth_precision = models.CharField(max_length=10, default="unknown")
    birth_calendar = models.CharField(max_length=10, default="gregorian")
    birth_as_told = models.CharField(max_length=60, blank=True)
    urgency = models.CharField(max_length=10, choices=Urgency, default=Urgency.NORMAL)
    registered_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged", db_index=False)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = StandingRecords()
    every = models.Manager["Person"]()

    class Meta:
        ordering = ["number"]
        base_manager_name = "every"
        indexes = [
            models.Index(fields=["case"], condition=Q(merged_into=None, erased_at=None), name="people_who_stand"),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="people_merged_into_another"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(born_earliest=None, born_latest=None) | Q(born_earliest__lte=F("born_latest")),
                name="a_birth_interval_starts_before_it_ends",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="nobody_is_merged_into_himself"),
        ]

    def __str__(self) -> str:
        return self.number


class NameKind(models.TextChoices):
    GIVEN = "given", _("given name")
    FATHER = "father", _("father's name")
    GRANDFATHER = "grandfather", _("grandfather's name")
    FAMILY = "family", _("family name")
    ALIAS = "alias", _("other name")


class Script(models.TextChoices):
    ARABIC = "Arab", _("Arabic script")
    LATIN = "Latn", _("Latin script")
    OTHER = "Zyyy", _("another script")


class PersonName(Watched):
    """One name of a person, of one kind in one script, as it was given."""

    watched = "person_id"

    # The constraint begins with the person: a second index would only be written.
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="names", db_index=False)
    kind = models.CharField(max_length=12, choices=NameKind)
    script = models.CharField(max_length=4, choices=Script)
    text = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["person", "kind", "script", "text"], name="a_name_stands_once")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"


class NameKey(models.Model):
    """One folded key of one name of a person: the index that a search in either script reads."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="keys")
    kind = models.CharField(max_length=12, choices=NameKind)
    key = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "person", "kind"], name="a_key_stands_once_a_kind")]

    def __str__(self) -> str:
        return f"key of {self.person_id}"


class Nationality(models.Model):
    """A nationality that a person holds; XXA is stateless, XXX undetermined (ISO 3166 user-assigned, ICAO 9303)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="nationalities", db_index=False)
    country = models.CharField(max_length=3)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["person", "country"], name="a_nationality_stands_once")]

    def __str__(self) -> str:
        return self.country


class EarlierResidence(models.Model):
    """A country where a person lived before; only the country and, where known, the years."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="earlier_residences")
    country = models.CharField(max_length=3)
    from_year = models.PositiveSmallIntegerField(null=True, blank=True)
    to_year = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.country


class FamilyLink(models.Model):
    """That a relative of some kind lives in a country. Never who or where: the relative has not been asked."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="family_links")
    country = models.CharField(max_length=3)
    kinship = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.country


class SpokenLanguage(models.Model):
    """A language that a person speaks (ISO 639)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(max_length=3)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.language
