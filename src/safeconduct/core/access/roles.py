"""The fourteen roles of a site, and which of them one person may not hold together."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    REGISTRAR = "registrar", _("registrar")
    PROTECTION_OFFICER = "protection_officer", _("protection officer")
    TRACING_OFFICER = "tracing_officer", _("tracing officer")
    INTERVIEWER = "interviewer", _("interviewer")
    ELIGIBILITY_OFFICER = "eligibility_officer", _("eligibility (RSD) officer")
    REVIEWING_OFFICER = "reviewing_officer", _("reviewing officer")
    RESETTLEMENT_OFFICER = "resettlement_officer", _("resettlement officer")
    CHILD_PROTECTION_OFFICER = "child_protection_officer", _("child-protection officer")
    MEDICAL_OFFICER = "medical_officer", _("medical officer")
    DOCUMENTER = "documenter", _("documenter")
    SUPERVISOR = "supervisor", _("supervisor")
    DATA_PROTECTION_OFFICER = "data_protection_officer", _("data-protection officer")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("administrator")


# Whoever runs the system, watches it or audits it does no casework: nobody checks himself.
_ALONE = (Role.ADMINISTRATOR, Role.AUDITOR, Role.DATA_PROTECTION_OFFICER)
# UNHCR, Procedural Standards for RSD (2020), unit 6 and 7: a decision is reviewed, and an appeal heard, by another officer.
_PAIRS = (frozenset({Role.ELIGIBILITY_OFFICER, Role.REVIEWING_OFFICER}),)


def excluded_pairs(roles: Iterable[Role]) -> list[tuple[Role, Role]]:
    """The pairs among these roles that one person may not hold together; empty when all is well."""
    held = sorted(set(roles))
    return [
        (one, other)
        for index, one in enumerate(held)
        for other in held[index + 1 :]
        if one in _ALONE or other in _ALONE or frozenset({one, other}) in _PAIRS
    ]
