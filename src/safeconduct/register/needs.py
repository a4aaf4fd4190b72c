"""UNHCR's specific-needs codes and their names. Source: UNHCR, Guidance on the Use of Standardized Specific Needs Codes (2009)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

CATEGORIES: dict[str, Any] = {
    "CR": _("child at risk"),
    "SC": _("unaccompanied or separated child"),
    "DS": _("disability"),
    "ER": _("older person at risk"),
    "FU": _("family unity"),
    "LP": _("legal and physical protection needs"),
    "SM": _("serious medical condition"),
    "SP": _("single parent or caregiver"),
    "SV": _("sexual or gender-based violence"),
    "TR": _("torture"),
    "WR": _("woman at risk"),
}
CODES: dict[str, Any] = {
    "CR-AF": _("child associated with armed forces or groups"),
    "CR-CC": _("child carer"),
    "CR-CP": _("child parent"),
    "CR-CS": _("child spouse"),
    "CR-NE": _("child at risk of not attending school"),
    "CR-TP": _("teenage pregnancy"),
    "SC-CH": _("child-headed household"),
    "SC-IC": _("child in institutional care"),
    "SC-NC": _("neglected child with extended family"),
    "SC-SC": _("separated child"),
    "SC-UC": _("unaccompanied child"),
    "DS-BD": _("visual impairment"),
    "DS-DF": _("hearing impairment"),
    "DS-MM": _("moderate mental disability"),
    "DS-MS": _("severe mental disability"),
    "DS-PM": _("moderate physical disability"),
    "DS-PS": _("severe physical disability"),
    "DS-SD": _("speech impairment"),
    "ER-FR": _("older person unable to care for himself or herself"),
    "ER-MC": _("older person who cares for minors"),
    "ER-NF": _("older person alone"),
    "FU-FR": _("needs family reunification"),
    "FU-TR": _("needs tracing of relatives"),
    "LP-AN": _("violence, abuse or neglect"),
    "LP-BN": _("unmet basic needs"),
    "LP-DA": _("detained in the country of asylum"),
    "LP-MS": _("marginalised in the community"),
    "LP-ND": _("no legal documents"),
    "LP-RD": _("at risk of deportation"),
    "LP-RR": _("at risk of refoulement"),
    "SM-AD": _("addiction"),
    "SM-CC": _("critical medical condition"),
    "SM-CI": _("chronic illness"),
    "SM-DP": _("difficult pregnancy"),
    "SM-MI": _("mental illness"),
    "SM-MN": _("malnutrition"),
    "SM-OT": _("other medical condition"),
    "SP-CG": _("single caregiver"),
    "SP-GP": _("single grandparent"),
    "SP-PT": _("single parent"),
    "SV-FM": _("forced marriage"),
    "SV-HP": _("harmful practices"),
    "SV-VA": _("violence in the country of asylum"),
    "SV-VO": _("violence in the country of origin"),
    "TR-HO": _("forced to acts of violence"),
    "TR-PI": _("impairment due to torture"),
    "TR-WV": _("witness of violence to others"),
    "WR-LC": _("breastfeeding"),
    "WR-PG": _("pregnancy"),
    "WR-UW": _("woman alone at risk"),
    "WR-WR": _("woman at risk"),
}
# Which condition or disability it is, or what was suffered, stays with those who must know.
RESTRICTED = frozenset({"SM", "DS", "SV", "TR"})
MEDICAL = frozenset({"SM"})


def category(code: str) -> str:
    """The two letters before the dash."""
    return code.split("-")[0]


def need_label(code: str) -> Any:
    """The name of a code or of its category; empty where the code is unknown."""
    return CODES.get(code) or CATEGORIES.get(code) or ""


def label_for_reader(code: str, *, may_see_restricted: bool) -> Any:
    """The name of a need, or only its category where the reader need not know more."""
    if category(code) in RESTRICTED and not may_see_restricted:
        return CATEGORIES[category(code)]
    return need_label(code) or CATEGORIES.get(category(code), code)


def is_medical(code: str) -> bool:
    """Whether the need counts as a medical case for a state's medical places."""
    return category(code) in MEDICAL
