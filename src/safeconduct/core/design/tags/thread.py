"""The thread, a line with knots: full knot, happened; open knot, to come; dashed, not certain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import SafeString

from safeconduct.core.design.tags.library import draw, register


@register.simple_tag
def step_bar(steps: Iterable[object], current: int) -> SafeString:
    """`{% step_bar steps 2 %}`: the labels of all steps and the number of the present one, counted from 1."""
    labelled = [(label, at < current, at == current) for at, label in enumerate(steps, start=1)]
    return draw("steps", steps=labelled)


@register.simple_tag
def status_ladder(rungs: Iterable[Mapping[str, Any]]) -> SafeString:
    """`{% status_ladder rungs %}`: each with label and state (was, now, ahead); if wanted on (date), source, url,
    assumed (the word in the dashed frame)."""
    return draw("ladder", rungs=list(rungs))


@register.simple_tag
def time_line(events: Iterable[Mapping[str, Any]]) -> SafeString:
    """`{% time_line events %}`: each with title and on (date) or when (words); if wanted detail, url, open (ahead)."""
    return draw("timeline", events=list(events))


@register.simple_tag
def family_tree(head: object, relatives: Iterable[Mapping[str, Any]]) -> SafeString:
    """`{% family_tree name relatives %}`: each with relationship and name; if wanted url, note, withheld (no name)."""
    return draw("family", head=head, relatives=list(relatives))
