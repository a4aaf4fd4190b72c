"""What the import linter cannot see: keys by name, templates and look-ups of models by name point down too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps

from safeconduct.core import access

PACKAGE = Path(access.__file__).parents[2]
ORDER = [
    "access",
    "signin",
    "audit",
    "reads",
    "sources",
    "design",
    "jobs",
    "emergency",
    "lan",
    "register",
    "routes",
    "plans",
    "departures",
    "flows",
]
FLOOR = {
    "access": 0,
    "audit": 0,
    "signin": 0,
    "reads": 0,
    "sources": 0,
    "design": 0,
    "jobs": 0,
    "emergency": 0,
    "lan": 0,
    "register": 1,
    "routes": 2,
    "plans": 3,
    "departures": 4,
    "flows": 5,
}


def test_every_room_with_tables_stands_in_the_order():
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("safeconduct.")}
    assert ours == set(ORDER)


@pytest.mark.parametrize("label", ORDER)
def test_keys_point_down(label):
    for model in apps.get_app_config(label).get_models():
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if target is not None and not field.auto_created and target._meta.app_label in FLOOR:
                assert FLOOR[target._meta.app_label] <= FLOOR[label], f"{label}.{model.__name__}.{field.name} points up"


@pytest.mark.parametrize("room", ["register", "routes", "plans", "departures"])
def test_templates_take_parts_of_rooms_below_only(room):
    for path in (PACKAGE / room / "templates").rglob("*.html"):
        for used in re.findall(r'{% (?:include|extends) "(\w+)/', path.read_text()):
            assert used == "design" or FLOOR.get(used, 9) <= FLOOR[room], f"{path.name} takes {used}"


def test_no_room_looks_a_model_up_by_name():
    found = [
        str(p) for p in PACKAGE.rglob("*.py") if "migrations" not in p.parts and re.search(r"apps\.get_model\(", p.read_text())
    ]
    assert found == []
