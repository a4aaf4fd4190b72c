"""Two people correct one record: what a colleague wrote meanwhile is never overwritten unseen, and nothing typed is lost."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from safeconduct.core.access.api import Role
from tests.factory import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(account):
    def enter(name):
        client = Client()
        client.force_login(account(Role.PROTECTION_OFFICER, username=name), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter("ada"), enter("ben")


def filled(page) -> dict[str, object]:
    """The form of a page as a browser would send it back."""
    html, fields = page.content.decode(), {}
    for tag in re.findall(r"<input [^>]*>", html):
        told = {key: unescape(value) for key, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        kind, name = told.get("type", "text"), told.get("name", "")
        if not name or name == "csrfmiddlewaretoken" or (kind in ("radio", "checkbox") and " checked" not in tag):
            continue
        fields.setdefault(name, []).append(told.get("value", ""))
    for name, options in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', html, re.S):
        fields[name] = [unescape(value) for value in re.findall(r'<option value="([^"]*)" selected', options)] or [""]
    return fields


def correct(who):
    return reverse("person_correct", args=[who.pk])


@pytest.mark.parametrize("language", ["en", "fa"])
def test_what_only_the_colleague_changed_stays_and_what_only_i_changed_is_taken(two, language):
    who = person("T-1", needs=["WR-UW"], countries=["IRN"])
    ada, ben = two
    for each in two:
        each.cookies["django_language"] = language
    hers, his = filled(ada.get(correct(who))), filled(ben.get(correct(who)))
    assert hers["base"] and ben.post(correct(who), {**his, "urgency": "urgent", "needs": ["WR-UW", "SM-CI"]}).status_code == 302
    assert ada.post(correct(who), {**hers, "given_latn": "Minoo"}).status_code == 302
    who.refresh_from_db()
    assert who.urgency == "urgent" and set(who.needs.filter(ends=None).values_list("code", flat=True)) == {"WR-UW", "SM-CI"}
    assert who.names.filter(kind="given", text="Minoo").exists() and who.birth_precision == "day"


def test_what_both_changed_stands_side_by_side_until_somebody_decides(two):
    who = person("T-1", given="Mina")
    ada, ben = two
    hers, his = filled(ada.get(correct(who))), filled(ben.get(correct(who)))
    ben.post(correct(who), {**his, "given_latn": "Mahin", "sex": "other"})
    both = ada.post(correct(who), {**hers, "given_latn": "Minoo"})
    told = both.content.decode()
    assert "Mahin" in told and 'value="Minoo"' in told and who.names.filter(text="Mahin").exists()
    again = ada.post(correct(who), filled(both))
    assert again.status_code == 302, "whoever saves again has seen it"
    who.refresh_from_db()
    assert who.names.filter(text="Minoo").exists() and not who.names.filter(text="Mahin").exists() and who.sex == "other"


def test_the_same_correction_by_both_is_no_conflict_and_a_foreign_base_is_none(two):
    who, other = person("T-1"), person("T-2", given="Zohreh")
    ada, ben = two
    hers, his = filled(ada.get(correct(who))), filled(ben.get(correct(who)))
    ben.post(correct(who), {**his, "given_latn": "Minoo"})
    assert ada.post(correct(who), {**hers, "given_latn": "Minoo"}).status_code == 302
    foreign = filled(ada.get(correct(other)))["base"]
    assert ada.post(correct(who), {**filled(ada.get(correct(who))), "base": foreign, "sex": "male"}).status_code == 302
    who.refresh_from_db()
    assert who.sex == "male"
