"""Who may see and do what, as a table that needs no knowledge of the software: written from the same table that the tests hold.

`FIELDS` says for each group of what is recorded about a person which right opens it; whether that right holds in one's own cases
alone stands with the right. tests/security/test_who_may_what.py asks every role for every line, of an own and of another case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

# What is recorded → the rights that are needed, all of them.
FIELDS: dict[str, tuple[str, ...]] = {
    "names, number, age, sex, place": ("register.see_people",),
    "nationality, languages, status, what happened when": ("register.see_people", "register.see_case"),
    "specific needs, without illness, disability and violence suffered": ("register.see_people", "register.see_needs"),
    "illness, disability, torture and sexual violence suffered": (
        "register.see_people", "register.see_needs", "register.see_medical_needs",
    ),
    "in which countries relatives live": ("register.see_people", "register.see_relatives_abroad"),
    "consents": ("register.see_people", "register.see_case"),
    "what the person chose": ("register.see_people", "routes.see_choices"),
    "identity papers and other documents": ("register.see_people", "register.see_documents"),
    "medical papers": ("register.see_people", "register.see_documents", "register.see_medical_needs"),
    "who looked at the record": ("register.see_people", "reads.see"),
}  # fmt: skip
OWN, ALL, NO, EMERGENCY = "own", "all", "–", "own *"


def reach(role: Any, permissions: tuple[str, ...]) -> str:
    """How far a role's rights reach: everybody, the own cases (and others in an emergency), or not at all."""
    from safeconduct.core.access.permissions import is_of_case, roles_with

    if not all(role in roles_with(each) for each in permissions):
        return NO
    everybody = role in roles_with("register.see_whole_register") and not any(is_of_case(each) for each in permissions)
    if everybody:
        return ALL
    return EMERGENCY if role in roles_with("register.open_in_emergency") else OWN


def page() -> str:
    """The page of the reference."""
    from safeconduct.core.access.roles import Role

    people = [role for role in Role if reach(role, ("register.see_people",)) != NO]
    others = [role for role in Role if role not in people]
    return "\n".join([
        "# Who may see and do what\n",
        "Every cell is asked of the running software by a test, of a person whose case is one's own and of another. "
        "A case is one's own by an assignment to the account or to a team of it.\n",
        "## What is recorded about a person\n",
        *_table(
            ["what", *(str(role.label) for role in people)],
            [[what, *(reach(role, needed) for role in people)] for what, needed in FIELDS.items()],
        ),
        f"Of persons these roles see nothing: {', '.join(str(role.label) for role in others)}.\n",
        "own: the cases assigned to the account or to a team of it. all: whatever the case. own *: another's case too, for an "
        "hour, by an opening in an emergency. Such an opening needs a reason, ends by itself, is written down, and is read by "
        "a supervisor.\n",
        "## What leaves\n",
        *_table(["what", "who", "what else it needs"], [
            ["a sheet about people", _who("register.export"), "a second person's yes within a day; each person's consent; once"],
            ["submissions to a state", _who("departures.submit"), "a plan that a second person approved; each person's consent"],
            ["the original of a document", _who("register.take_out_documents"), "the person's consent to a copy of that kind"],
            ["a person's own log on paper", _who("reads.hand_over"), "a decision, for that person alone"],
            ["a sealed backup", _who("storage.back_up"), "the passphrase, or two officers' shares, to open it"],
        ]),
        "## What needs two people\n",
        *_table(["what", "first", "second, never the same"], [
            ["a sheet about people", _who("register.see_exports"), _who("register.decide_exports")],
            ["a plan", _who("plans.compute"), _who("plans.approve")],
            ["erasing a person", _who("register.ask_erasure"), _who("register.decide_erasure")],
            ["reading an opening in an emergency", _who("register.open_in_emergency"), _who("register.read_openings")],
            ["opening a site whose passphrase is lost", "an officer with a share", "another officer with a share"],
        ]),
        "## Every page\n",
        "An address that is not in this list does not exist; one whose view declares no right cannot be opened.\n",
        *_table(["address", "it allows to", "roles", "of whom"], list(_pages())),
    ])  # fmt: skip


def _who(permission: str) -> str:
    from safeconduct.core.access.permissions import roles_with
    from safeconduct.core.access.roles import Role

    held = roles_with(permission)
    return "everybody who works on cases" if len(held) > 8 else ", ".join(str(role.label) for role in Role if role in held)


def _pages() -> Iterator[list[str]]:
    from safeconduct.core.access.permissions import declared, is_of_case
    from safeconduct.core.access.roles import Role

    known = declared()
    for pattern, policy in routes():
        address = "`/" + re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", pattern) + "`"
        if policy.public:
            yield [address, "be opened by whoever reaches the site", "–", "–"]
        elif policy.signed_in:
            yield [address, "be opened by whoever is signed in", "everybody", "oneself"]
        else:
            held = known[policy.permission]
            roles = (
                "everybody" if len(held.roles) == len(Role) else ", ".join(str(role.label) for role in Role if role in held.roles)
            )
            of = "own cases" if is_of_case(held.code) or pattern.startswith(("people/<", "families/<")) else "–"
            yield [address, str(held.says)[:1].lower() + str(held.says)[1:], roles, of]


def routes() -> Iterator[tuple[str, Any]]:
    """Every address of the site with its policy, in the order of the table of addresses."""
    from django.urls import URLPattern, URLResolver, get_resolver

    def walk(patterns: list[Any], before: str = "") -> Iterator[tuple[str, Any]]:
        for each in patterns:
            pattern = before + str(each.pattern).lstrip("^").rstrip("$")
            if isinstance(each, URLResolver):
                yield from walk(each.url_patterns, pattern)
            elif isinstance(each, URLPattern) and not pattern.startswith("static/"):
                yield pattern, each.callback.policy  # type: ignore[attr-defined]

    yield from walk(get_resolver("safeconduct.site.urls").url_patterns)


def _table(heads: list[str], rows: list[list[str]]) -> list[str]:
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    return [*lines, *(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows), ""]
