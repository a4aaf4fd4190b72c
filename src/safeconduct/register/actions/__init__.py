"""Everything that changes the register by hand, one file a subject. Consents stand in `consents`."""

from safeconduct.register.actions.best_interests import decide_best_interests
from safeconduct.register.actions.cases import (
    assign,
    end_assignment,
    open_cases,
    open_in_emergency,
    put_into_case,
    read_opening,
)
from safeconduct.register.actions.families import add_relation, end_relation, join_family, leave_family
from safeconduct.register.actions.people import correct_person, register_person
from safeconduct.register.actions.presence import move_person, record_leaving

__all__ = [
    "add_relation", "assign", "correct_person", "decide_best_interests", "end_assignment", "end_relation", "join_family",
    "leave_family", "move_person", "open_cases", "open_in_emergency", "put_into_case", "read_opening", "record_leaving",
    "register_person",
]  # fmt: skip
