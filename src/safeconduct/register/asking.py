"""What a search asks of the index of keys: one statement that goes from the rarest word to the others.

A first name that a tenth of all people bear must not be read through where the family name beside it has few bearers;
and nothing is sorted: the statement stops when enough are found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models.expressions import RawSQL

from safeconduct.core.access.api import Actor
from safeconduct.engines.linkage.names import near_keys
from safeconduct.register.access import open_to, sees_everybody
from safeconduct.register.models import NameKey, NameKind

MOST_WORDS = 6
_OWN = (NameKind.GIVEN.value, NameKind.FAMILY.value, NameKind.ALIAS.value)
# Beyond this it does not matter which of two frequent words is the rarer.
_OFTEN = 5000

_NOBODY = "NOT EXISTS (SELECT 1 FROM exact)"

Group = tuple[str, ...]


class Met(IntEnum):
    """How somebody meets the words of a question, the best first."""

    OWN_NAME = 0  # all of them in the person's own name
    ALL = 1  # all of them, some perhaps in the father's or grandfather's
    NEARLY = 2  # all of them, one with a slip
    ALL_BUT_ONE = 3


def who_meets(groups: Sequence[Group], *, most: int, seen_by: Actor) -> dict[UUID, Met]:
    """Person → how the groups of keys are met; at most so many, the best first; only those whom the asker may see.

    Somebody with a slip, or who lacks a word, is looked for only where nobody meets all words.
    """
    asked = _Statement(groups[:MOST_WORDS], most, seen_by)
    with connection.cursor() as cursor:
        cursor.execute(asked.sql, asked.values)
        rows = cursor.fetchall()
    found: dict[UUID, Met] = {}
    for person, met in sorted(rows, key=lambda row: row[1]):
        found.setdefault(person if isinstance(person, UUID) else UUID(person), Met(met))
    return dict(list(found.items())[:most])


def _visible(seen_by: Actor) -> tuple[str, list[Any]]:
    """The register's policy (`access.open_to`) as a condition on `k.person_id`; none for who sees everybody."""
    if sees_everybody(seen_by):
        return "", []
    sql, values = open_to(seen_by).filter(pk=RawSQL("k.person_id", [])).values("pk").query.sql_with_params()
    return f"EXISTS ({sql})", list(values)


class _Statement:
    """The statement and its values, written in one go so that both stay in step."""

    def __init__(self, groups: Sequence[Group], most: int, seen_by: Actor) -> None:
        self.groups, self.most = groups, most
        self.may_see, self.may_see_values = _visible(seen_by)
        self.values: list[Any] = []
        quote = connection.ops.quote_name
        self.table = quote(NameKey._meta.db_table)
        often = ", ".join(self._count(n) for n in range(len(groups)))
        exact = [self._exact(met, n) for met in (Met.OWN_NAME, Met.ALL) for n in range(len(groups))]
        other = [self._nearly(n) for n in range(len(groups))]
        other += [self._lacking(n) for n in range(len(groups)) if len(groups) > 1]
        self.sql = (
            f"WITH often AS MATERIALIZED (SELECT {often}), exact AS MATERIALIZED ({self._union(exact)}) "
            f"SELECT person, met FROM exact UNION ALL {self._union(other)}"
        )

    def _count(self, n: int) -> str:
        some = f"SELECT 1 FROM {self.table} WHERE {self._keys('key', self.groups[n])} LIMIT {_OFTEN}"
        return f"(SELECT COUNT(*) FROM ({some}) r{n}) AS c{n}"

    def _union(self, branches: Iterable[str]) -> str:
        return " UNION ALL ".join(f"SELECT * FROM ({branch}) b{n}" for n, branch in enumerate(branches))

    def _keys(self, column: str, keys: Group) -> str:
        self.values += keys
        return f"{column} IN ({', '.join(['%s'] * len(keys))})"

    def _kinds(self, column: str) -> str:
        self.values += _OWN
        return f"{column} IN ({', '.join(['%s'] * len(_OWN))})"

    def _exact(self, met: Met, first: int) -> str:
        """People who have a key of each group, found from one of them; only where that is the rarest."""
        rarest = [
            f"(SELECT c{first} FROM often) {'<=' if first < n else '<'} (SELECT c{n} FROM often)"
            for n in range(len(self.groups))
            if n != first
        ]
        return self._found(met, self.groups[first], self._without(first), rarest)

    def _found(self, met: Met, first: Group, others: Sequence[Group], conditions: Sequence[str]) -> str:
        own = met is Met.OWN_NAME
        asked = [*conditions, self._keys("k.key", first)]
        if own:
            asked.append(self._kinds("k.kind"))
        for group in others:
            beside = self._keys("o.key", group) + (f" AND {self._kinds('o.kind')}" if own else "")
            asked.append(f"EXISTS (SELECT 1 FROM {self.table} o WHERE o.person_id = k.person_id AND {beside})")
        if self.may_see:
            asked.append(self.may_see)
            self.values += self.may_see_values
        where = " AND ".join(asked)
        return f"SELECT DISTINCT k.person_id AS person, {int(met)} AS met FROM {self.table} k WHERE {where} LIMIT {self.most}"

    def _nearly(self, n: int) -> str:
        near = {each for key in self.groups[n] for each in (key, *near_keys(key))}
        return self._found(Met.NEARLY, tuple(sorted(near)), self._without(n), [_NOBODY])

    def _lacking(self, n: int) -> str:
        first, *others = self._without(n)
        return self._found(Met.ALL_BUT_ONE, first, others, [_NOBODY])

    def _without(self, n: int) -> list[Group]:
        return [*self.groups[:n], *self.groups[n + 1 :]]
