from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safeconduct.register.models.people import Person


class Purpose(models.TextChoices):
    SUBMISSION = "submission", _("submission to a receiving state")
    DEPARTURE = "departure", _("travel arrangements")
    CONTACT = "contact", _("contact with a relative")
    PUBLICATION = "publication", _("publication")
    WORK_COPY = "work_copy", _("a copy of the register to work with")


class FieldGroup(models.TextChoices):
    """What a person can say yes or no to, apart from each other: every column that can leave belongs to one of these."""

    IDENTITY = "identity", _("names, sex, languages and registration number")
    BIRTH = "birth", _("date of birth")
    NATIONALITY = "nationality", _("nationality and earlier countries of residence")
    FAMILY = "family", _("who belongs to the family here")
    CONTACT = "contact", _("relatives elsewhere and how to reach them")
    STAY = "stay", _("where the person lives at the site")
    NEEDS = "needs", _("specific needs and urgency, without illness, disability and violence suffered")
    MEDICAL = "medical", _("illness, disability, torture and sexual violence suffered")
    STATUS = "status", _("protection status")
    PHOTOGRAPH = "photograph", _("photograph")
    DOCUMENTS = "documents", _("documents")
    CHOICES = "choices", _("what the person chose among the offers")


class Evidence(models.TextChoices):
    SIGNED = "signed", _("a signed form")
    THUMBPRINT = "thumbprint", _("a thumbprint on a form that was read aloud")
    WITNESS = "witness", _("spoken before a witness")
    INTERPRETER = "interpreter", _("spoken, and noted by the interpreter")
    RECORDING = "recording", _("a sound recording")
    EARLIER = "earlier", _("recorded before evidence was asked for")


class Giver(models.TextChoices):
    PERSON = "person", _("the person")
    GUARDIAN = "guardian", _("a parent or guardian")
    REPRESENTATIVE = "representative", _("a legal representative")


class Explained(models.TextChoices):
    READ = "read", _("the person read it")
    ALOUD = "aloud", _("it was read aloud")
    INTERPRETED = "interpreted", _("an interpreter explained it")
    UNKNOWN = "unknown", _("not recorded")


class Consent(models.Model):
    """A person's yes to one purpose, one recipient and some groups of fields, from one day until another.

    An entry is never changed and never deleted: the database refuses it. A renewal is a new entry.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    recipient = models.CharField(max_length=60, help_text=_("A code: DEU for a state, UNHCR for an agency."))
    scope = models.JSONField(default=list, help_text=_("The groups of fields that may go, as a sorted list of codes."))
    starts = models.DateField()
    ends = models.DateField(help_text=_("The first day on which it no longer holds."))
    given_by = models.CharField(max_length=20, choices=Giver, default=Giver.PERSON)
    views_heard = models.BooleanField(null=True, help_text=_("Whether the child's own view was heard, where somebody else agreed."))
    evidence = models.CharField(max_length=20, choices=Evidence, default=Evidence.EARLIER)
    evidence_place = models.CharField(max_length=120, blank=True, help_text=_("Where the paper lies, without a name."))
    document = models.ForeignKey("register.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="consents")
    language = models.CharField(max_length=5, blank=True, help_text=_("The language in which it was explained."))
    explained = models.CharField(max_length=20, choices=Explained, default=Explained.UNKNOWN)
    own_state_known = models.BooleanField(
        default=False, help_text=_("The person knows that the recipient is the state of origin or the state of the site.")
    )
    recorded_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-recorded_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="consent_ends_after_it_starts"),
        ]
        indexes = [models.Index(fields=["purpose", "recipient", "person"], name="consent_by_recipient")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.recipient}"


class ConsentWithdrawal(models.Model):
    """The person took a consent back at this moment: an entry of its own, so that the yes stays on record."""

    consent = models.OneToOneField(Consent, on_delete=models.PROTECT, related_name="withdrawal")
    withdrawn_at = models.DateTimeField()
    told = models.CharField(max_length=120, blank=True, help_text=_("Where and how the person said it, without a name."))
    recorded_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"withdrawal of {self.consent_id}"
