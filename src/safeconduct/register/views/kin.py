"""Family and relations as the pages show them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from safeconduct.core.access.api import Actor
from safeconduct.core.languages import localise_digits
from safeconduct.register import queries
from safeconduct.register.models import Membership, Person, RelationKind
from safeconduct.register.rows import stay_of
from safeconduct.register.showing import age_of, name_of


def family_of(person: Person, *, seen_by: Actor, on: date, language: str) -> dict[str, Any] | None:
    """The person's family unit as a tree: its head, and under it what each one is to the head."""
    mine = next((m for m in person.memberships.all() if m.ends is None), None)
    if mine is None:
        return None
    members = queries.members(mine.family, seen_by=seen_by, for_tree=True)
    return {
        "unit": mine.family,
        "mine": mine,
        "members": members,
        **tree(members, person=person, on=on, language=language),
    }


def tree(members: list[Membership], *, person: Person | None, on: date, language: str) -> dict[str, Any]:
    """Head and relatives for the family tree; the person whose page it is stands without a link."""
    head = next((m for m in members if m.relationship == "head"), None)
    return {
        "head": _named(head, person, language) if head else _("No head of the family is recorded"),
        "relatives": [_relative(m, person, on, language) for m in members if m is not head],
        "head_note": _note(head, on, language) if head else "",
    }


def _named(membership: Membership, person: Person | None, language: str) -> Any:
    name = str(name_of(membership.person, language=language))
    if person is not None and membership.person_id == person.pk:
        return format_html("<bdi>{}</bdi>", name)
    return format_html('<a href="{}"><bdi>{}</bdi></a>', reverse("person", args=[membership.person_id]), name)


def _relative(membership: Membership, person: Person | None, on: date, language: str) -> dict[str, Any]:
    here = person is not None and membership.person_id == person.pk
    return {
        "relationship": membership.get_relationship_display(),
        "name": str(name_of(membership.person, language=language)),
        "url": "" if here else reverse("person", args=[membership.person_id]),
        "note": _note(membership, on, language),
    }


def _note(membership: Membership, on: date, language: str) -> str:
    """Age, block and dispute, parted by semicolons."""
    said = [age_of(membership.person, on=on, language=language).text]
    stay = stay_of(membership.person)
    if stay is None or stay.ends:
        said.append(_("not here"))
    elif stay.block:
        said.append(_("block %(block)s") % {"block": localise_digits(stay.block, language)})
    if membership.disputed_by:
        said.append(disputed(membership.disputed_by))
    return pgettext("between parts of a note", "; ").join(said)


def disputed(role: str) -> str:
    """That somebody says otherwise, by role."""
    return _("disputed: %(who)s says otherwise") % {"who": role}


def relations_for(person: Person, *, seen_by: Actor, language: str, family: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """What the person is to others, and others to the person, standing and ended. `family`: who was read for the page before."""
    found = []
    loaded = {each.person_id: each.person for each in family["members"]} if family else {}
    for relation in queries.relations_of(person, seen_by=seen_by, loaded=loaded):
        outward = relation.person_id == person.pk
        other = relation.other if outward else relation.person
        found.append({
            "relation": relation, "other": other,
            "name": name_of(other, language=language) if relation.is_known else _("somebody of another case"),
            "word": relation.get_kind_display() if outward else _inverse(relation.kind),
            "disputed": disputed(relation.disputed_by) if relation.disputed_by else "",
        })  # fmt: skip
    return sorted(found, key=lambda each: each["relation"].ends is not None)


def _inverse(kind: str) -> str:
    return {
        RelationKind.SPOUSE: _("spouse of"), RelationKind.PARENT: _("child of"), RelationKind.SIBLING: _("brother or sister of"),
        RelationKind.GUARDIAN: _("under the guardianship of"), RelationKind.CUSTODY: _("in the custody of"),
        RelationKind.DEPENDANT: _("has as dependant"), RelationKind.OTHER_RELATIVE: _("relative of"),
    }[RelationKind(kind)]  # fmt: skip
