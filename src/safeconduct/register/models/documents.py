from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from safeconduct.register.models.people import Person


class DocumentKind(models.TextChoices):
    IDENTITY = "identity", _("identity or civil-status paper")
    PHOTOGRAPH = "photograph", _("photograph of the person")
    MEDICAL = "medical", _("medical paper")
    CONSENT = "consent", _("paper on which the person agreed")
    OTHER = "other", _("other paper")


class Document(models.Model):
    """A paper or picture that was brought: the original sealed for evidence, its pages drawn anew for the eye.

    A document that was removed keeps its row; its keys are forgotten, so that nothing opens its files any more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=12, choices=DocumentKind)
    told = models.CharField(max_length=80, blank=True, help_text=_("What it is, in a few words; without names."))
    format = models.CharField(max_length=5)
    original = models.CharField(max_length=32, blank=True)
    original_key = models.BinaryField(default=bytes)
    original_size = models.PositiveIntegerField()
    original_sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_because = models.CharField(max_length=120, blank=True, help_text=_("In a few words; without names."))

    class Meta:
        ordering = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return f"document {self.pk}"


class DocumentPage(models.Model):
    """One page of a document as it is shown: a picture of so many dots, or (width 0) a text."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="pages")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=32)
    key = models.BinaryField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        ordering = ["document", "position"]
        constraints = [models.UniqueConstraint(fields=["document", "position"], name="a_page_stands_once_in_a_document")]

    def __str__(self) -> str:
        return f"page {self.position} of {self.document_id}"


class TakenDocument(models.Model):
    """An original was taken out as a file, under the consent that was in force at that moment."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="takings")
    consent = models.ForeignKey("register.Consent", on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=120, help_text=_("In a few words; without names."))
    taken_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["-taken_at"]

    def __str__(self) -> str:
        return f"taking of {self.document_id}"
