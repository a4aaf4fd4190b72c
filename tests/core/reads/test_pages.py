"""Before a page leaves it stands in the log whom it shows; where that cannot be, it does not leave."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.urls import reverse

from safeconduct.core.access.roles import Role
from safeconduct.core.reads import book, watching
from safeconduct.core.reads.api import only_computing, quietly, recording, seen
from safeconduct.register.models import Person, PersonName
from tests.factory import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def enter(client, account):
    def signed_in(*roles, **more):
        client.force_login(account(*roles, **more), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


def entries():
    """(page, roles, {person: levels}) of every entry."""
    found = []
    for number, page, roles in book.ask("SELECT number, page, roles FROM entries ORDER BY number"):
        people = book.ask("SELECT person, levels FROM seen WHERE entry = ?", [number])
        found.append((page, roles, {UUID(bytes=bytes(p)): set(levels.split()) for p, levels in people}))
    return found


def test_a_list_is_one_entry_with_everybody_on_it_and_nobody_else(log, enter):
    people = [person(given=f"Mina{n}") for n in range(30)]
    client = enter(Role.REGISTRAR)
    answer = client.get(reverse("people"))
    shown = {row.person.pk for row in answer.context["rows"]}
    assert len(shown) == 25
    assert entries() == [("people", "registrar", {pk: {"identity"} for pk in shown})]
    assert {p.pk for p in people} > shown


def test_a_persons_page_tells_what_of_whom_was_shown(log, enter):
    mina, son = person(needs=["SM-CI"], links=["DEU"], unit="F-1"), person(given="Ali", unit="F-1")
    enter(Role.PROTECTION_OFFICER).get(reverse("person", args=[mina.pk]))
    ((page, roles, told),) = entries()
    assert (page, roles, set(told)) == ("person", "protection_officer", {mina.pk, son.pk})
    assert told[mina.pk] >= {"identity", "case", "needs", "medical", "relatives_abroad", "consents", "choices", "eligibility"}
    assert told[son.pk] == {"identity"}


def test_what_a_role_does_not_see_is_not_said_to_be_read(log, enter):
    mina = person(needs=["SM-CI"], links=["DEU"])
    enter(Role.CHILD_PROTECTION_OFFICER).get(reverse("person", args=[mina.pk]))
    ((_page, _roles, told),) = entries()
    assert "needs" in told[mina.pk] and not told[mina.pk] & {"medical", "relatives_abroad"}


def test_whoever_opens_a_record_from_outside_is_said_to(log, enter):
    other = person(team="Others")
    enter(Role.REGISTRAR).get(reverse("person", args=[other.pk]))
    assert entries() == [("person", "registrar", {other.pk: {"identity", "outside"}})]


def test_a_record_that_was_refused_is_said_to_be_asked_for_and_not_shown(log, enter):
    other = person(team="Others")
    answer = enter(Role.REGISTRAR).get(reverse("person_correct", args=[other.pk]))
    assert answer.status_code == 403
    assert entries() == [("person_correct", "registrar", {other.pk: {"refused"}})]


def test_what_shows_nobody_writes_nothing(log, enter):
    mina = person(team="Others")
    client = enter(Role.PROTECTION_OFFICER)
    assert client.get(reverse("person", args=[mina.pk])).status_code == 404
    client.get(reverse("today"))
    client.get(reverse("people"))
    mine = person()
    assert client.post(reverse("person_move", args=[mine.pk]), {"block": "7", "on": "2013-12-30"}).status_code == 302
    assert entries() == []


@pytest.mark.parametrize("harm", ["missing", "full", "unnamed"])
def test_where_the_log_cannot_be_written_nobody_is_shown(log, enter, harm, settings):
    mina = person(given="Zhyvaqor")
    client = enter(Role.PROTECTION_OFFICER)
    if harm == "missing":
        log.unlink()
    elif harm == "full":
        (pages,) = book.ask("PRAGMA page_count")[0]
        book.ask(f"PRAGMA max_page_count = {pages}")
        for _ in range(2000):  # what room the last page has
            try:
                book.append(at=mina.registered_at, actor="x", roles=[], page="x", seen={mina.pk: {"identity"}})
            except book.ReadsUnusable:
                break
    else:
        settings.READS_LOG = None
    for address in (reverse("person", args=[mina.pk]), reverse("people")):
        answer = client.get(address)
        assert answer.status_code == 503
        assert b"Zhyvaqor" not in answer.content and b"cannot be written down who reads it" in answer.content
    assert client.get(reverse("today")).status_code == 200, "what shows nobody goes on"


def test_everybody_who_is_loaded_is_read_but_inside_a_computation(log):
    mina = person()
    with watching.collecting() as found:
        Person.objects.get(pk=mina.pk)
    assert found == {mina.pk: {"identity"}}
    with watching.collecting() as found:
        list(PersonName.objects.filter(person=mina))
    assert found == {mina.pk: {"identity"}}
    with watching.collecting() as found:
        with only_computing():
            list(Person.objects.all())
        rows = [row.pk for row in quietly(Person.objects.all().iterator())]
    assert (found, rows) == ({}, [mina.pk])
    with watching.collecting() as found:
        for _row in quietly(Person.objects.all().iterator()):
            seen(_row.pk, "needs")  # between the rows everything is as before
    assert found == {mina.pk: {"needs"}}


def test_a_level_that_nobody_declared_is_refused():
    with watching.collecting(), pytest.raises(KeyError):
        seen(UUID(int=1), "shoe_size")


def test_outside_of_a_page_reading_is_recorded_too(log, account):
    mina = person()
    by = account(Role.REGISTRAR).actor("shell")
    with recording(by, "export"):
        Person.objects.get(pk=mina.pk)
    assert entries() == [("export", "registrar", {mina.pk: {"identity"}})]
    assert book.ask("SELECT actor FROM entries") == [(by.mark,)]
