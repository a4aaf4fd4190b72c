"""What can be wrong with a placement file: a code, the place, and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# code → (what is wrong, how to mend it); {field}, {value} and {limit} are filled in.
SENTENCES: dict[str, tuple[str, str]] = {
    "not_an_object": ("The file holds no JSON object.", "Write one object with the keys of the format."),
    "wrong_format": ("The format is {value}, not {limit}.", 'Set "format" to "{limit}".'),
    "missing_key": ("The key {field} is missing.", "Add {field}; an empty list or object is allowed."),
    "wrong_type": ("{field} holds {value}, where {limit} belongs.", "Write {field} as {limit}."),
    "not_a_number": ("{field} holds NaN or an infinity.", "Write a whole number; 2147483647 stands for no limit."),
    "not_an_integer": ("{field} holds {value}, which is no whole number.", "Write whole numbers only, without quotes."),
    "overflow": ("{field} holds {value}, beyond {limit}.", "Use smaller numbers; 2147483647 stands for no limit."),
    "values_too_large": (
        "The values in {field} add up to more than {limit}, so sums could not be exact.",
        "Divide all values and tie bonuses by the same number.",
    ),
    "wrong_length": ("{field} has {value} entries; {limit} are needed.", "Give {field} exactly {limit} entries."),
    "indptr_start": ("{field} begins with {value}, not 0.", "The options of the first unit begin at 0."),
    "indptr_not_monotone": (
        "{field} falls to {value} after {limit}.",
        "Each entry is at least as large as the one before.",
    ),
    "indptr_end": (
        "{field} ends with {value}, but there are {limit} options.",
        "The last entry is the number of options.",
    ),
    "route_out_of_range": ("{field} names route {value}; there are {limit} routes.", "Routes are counted from 0."),
    "options_not_sorted": (
        "A unit's options name route {value} after route {limit}.",
        "Sort the options of each unit by route.",
    ),
    "duplicate_option": ("A unit has route {value} twice.", "Keep one option a route for each unit."),
    "size_not_positive": ("A unit has {value} persons.", "A unit has at least one person; leave empty units out."),
    "negative": ("{field} holds {value}; it cannot be below 0.", "Correct the number."),
    "medical_beyond_size": (
        "A unit has {value} medical cases but {limit} persons.",
        "Medical cases are counted among the persons of the unit.",
    ),
    "group_below_none": ("{field} holds {value}; groups are numbered from 0, -1 is none.", "Write -1 for no group."),
    "reserved_beyond_quota": (
        "A route reserves {value} places, but its quota is {limit}.",
        "Lower the reserved places or raise the quota.",
    ),
    "not_zero_or_one": ("{field} holds {value}; only 0 and 1 are allowed.", "Write 1 for yes and 0 for no."),
    "tie_shape": ("A tie has {value} numbers; it needs unit, unit, bonus.", "Write each tie as three whole numbers."),
    "tie_to_nobody": ("A tie names unit {value}; there are {limit} units.", "Units are counted from 0."),
    "tie_to_itself": ("A tie joins unit {value} to itself.", "A tie joins two different units."),
    "floor_group_unreadable": (
        "A floor is set for {value}, which is no group number.",
        'Write the group\'s number in quotes, as in "3".',
    ),
    "floor_for_unknown_group": (
        "A floor is set for group {value}, and no unit belongs to it.",
        "Remove the floor or correct the group's number.",
    ),
}


@dataclass(frozen=True)
class Fault:
    """One thing that keeps a placement file from being used.

    `code` is for machines, `field` the key in the file, `position` the index in it (from 0; None where the
    whole field is meant), `value` what stands there, `limit` what it was held against, `count` how many
    entries of the field break the same rule (the first is shown).

    Shapes: single values. Units: those of the field.
    Source: the format `safeconduct-placement-1`.
    """

    code: str
    field: str
    position: int | None = None
    value: str = ""
    limit: str = ""
    count: int = 1

    @property
    def says(self) -> str:
        """The fault in one sentence."""
        return SENTENCES[self.code][0].format(field=self.field, value=self.value, limit=self.limit)

    @property
    def mend(self) -> str:
        """What to do now, in one sentence."""
        return SENTENCES[self.code][1].format(field=self.field, value=self.value, limit=self.limit)

    @property
    def where(self) -> str:
        """The place in the file, as `quota[3]`."""
        return self.field if self.position is None else f"{self.field}[{self.position}]"


class ProblemFaults(ValueError):
    """A mapping is no placement problem; `faults` holds all that was found, in the order of the format.

    Shapes: a tuple of `Fault`. Units: those of the fields.
    Source: the format `safeconduct-placement-1`.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.where}: {fault.says}" for fault in self.faults))
