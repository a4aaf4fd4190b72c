"""What a submission tells a state about a person, and nothing else: no choice, no relative, no other offer."""

from __future__ import annotations

from collections.abc import Iterable

from safeconduct.register.api import RESTRICTED, FieldGroup, Person, category
from safeconduct.routes.api import Offer, OfferKind

# Each column that can leave, and the one group of fields by which a person agrees to it or not.
GROUPS: dict[str, FieldGroup] = {
    **dict.fromkeys((
        "registration_number", "given_name", "family_name", "father_name", "given_name_other_script", "family_name_other_script",
        "father_name_other_script", "sex",
    ), FieldGroup.IDENTITY),
    **dict.fromkeys(("born_not_before", "born_not_after", "birth_as_told"), FieldGroup.BIRTH),
    "nationalities": FieldGroup.NATIONALITY,
    **dict.fromkeys(("family_number", "relationship"), FieldGroup.FAMILY),
    "urgency": FieldGroup.NEEDS, "specific_needs": FieldGroup.NEEDS, "medical_needs": FieldGroup.MEDICAL,
    "status": FieldGroup.STATUS,
}  # fmt: skip
COLUMNS = tuple(GROUPS)
# UNHCR, Advisory Opinion on the Rules of Confidentiality Regarding Asylum Information (2005): the country of origin does not
# learn that asylum was sought; nor need it know who is ill.
NOT_FOR_THE_ORIGIN = ("urgency", "specific_needs", "medical_needs", "status")


def columns_for(offer: Offer) -> tuple[str, ...]:
    """What this offer's state learns of each person."""
    returns = offer.kind == OfferKind.VOLUNTARY_REPATRIATION
    return tuple(name for name in COLUMNS if not (returns and name in NOT_FOR_THE_ORIGIN))


def groups_of(columns: Iterable[str]) -> frozenset[str]:
    """The groups of fields that these columns belong to."""
    return frozenset(GROUPS[name].value for name in columns)


def line(person: Person, columns: tuple[str, ...], groups: frozenset[str]) -> list[str]:
    """One person as a row of these columns; a column to which the person did not agree is left empty."""
    values = dict(zip(COLUMNS, _values(person), strict=True))
    return [values[name] if GROUPS[name].value in groups else "" for name in columns]


def _values(person: Person) -> list[str]:
    names = list(person.names.all())

    def name(kind: str, script: str) -> str:
        return " ".join(each.text for each in names if each.kind == kind and each.script == script)

    first, second = ("Latn", "Arab") if any(each.script == "Latn" for each in names) else ("Arab", "Latn")
    membership = next((each for each in person.memberships.all() if each.ends is None), None)
    status = next((each.status for each in person.statuses.all() if each.ends is None), "")
    needs = [each.code for each in person.needs.all() if each.ends is None]
    return [
        person.number, *(name(kind, first) for kind in ("given", "family", "father")),
        *(name(kind, second) for kind in ("given", "family", "father")), person.sex,
        person.born_earliest.isoformat() if person.born_earliest else "",
        person.born_latest.isoformat() if person.born_latest else "", person.birth_as_told,
        ";".join(each.country for each in person.nationalities.all()), membership.family.number if membership else "",
        membership.relationship if membership else "", person.urgency,
        ";".join(code for code in needs if category(code) not in RESTRICTED),
        ";".join(code for code in needs if category(code) in RESTRICTED), status,
    ]  # fmt: skip
