"""An edit, a deletion, a reordering and a truncation of the log are each named by number."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from safeconduct.core.access.actors import Actor
from safeconduct.core.access.guard import UnguardedWrite, nothing_writes
from safeconduct.core.access.refusals import NotPermitted
from safeconduct.core.access.roles import Role
from safeconduct.core.audit.chain import Break
from safeconduct.core.audit.chain import verify as verify_chain
from safeconduct.core.audit.models import AuditEntry
from safeconduct.core.reads import anchoring, book, keeping, verification
from safeconduct.core.storage import keys
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def five(log):
    """Five entries, the fourth anchored."""
    for n in range(1, 5):
        book.append(
            at=NOON, actor=f"page:{n}", roles=["registrar"], page="people", seen={UUID(int=n): {"identity"}, UUID(int=99): {"case"}}
        )
    anchoring.anchor(NOON)
    book.append(at=NOON, actor="page:5", roles=["registrar"], page="person", seen={UUID(int=5): {"needs"}})
    assert verification.verify() == (5, [])


_ROWS = "at, actor, roles, page, people, seen, previous, digest"


@pytest.mark.parametrize(("harm", "found"), [
    (["UPDATE entries SET actor = 'page:9' WHERE number = 2"], [(2, "edited")]),
    (["UPDATE entries SET at = '2013-12-31T10:00:00.000000+00:00' WHERE number = 5"], [(5, "edited")]),
    (["UPDATE seen SET levels = 'identity' WHERE entry = 5"], [(5, "edited")]),
    (["DELETE FROM seen WHERE entry = 3 AND person = x'" + UUID(int=99).hex + "'"], [(3, "edited")]),
    (["INSERT INTO seen VALUES (2, x'" + UUID(int=7).hex + "', 'needs')"], [(2, "edited")]),
    (["UPDATE seen SET entry = 7 WHERE entry = 3 AND person = x'" + UUID(int=99).hex + "'"], [(3, "edited"), (7, "missing")]),
    (["DELETE FROM seen WHERE entry = 3", "DELETE FROM entries WHERE number = 3"], [(3, "missing")]),
    (["DELETE FROM entries WHERE number = 3"], [(3, "missing"), (3, "missing")]),
    (["DELETE FROM seen WHERE entry = 1", "DELETE FROM entries WHERE number = 1"], [(2, "unmarked")]),
    (["DELETE FROM seen WHERE entry > 2", "DELETE FROM entries WHERE number > 2"], [(3, "truncated")]),
    (["DELETE FROM seen", "DELETE FROM entries"], [(1, "truncated")]),
    (["UPDATE entries SET number = 0 WHERE number = 2", "UPDATE entries SET number = 2 WHERE number = 3",
      "UPDATE entries SET number = 3 WHERE number = 0"],
     [(2, "relinked"), (2, "edited"), (3, "relinked"), (3, "edited"), (4, "relinked")]),
])  # fmt: skip
def test_what_somebody_did_by_hand_is_named_by_number(five, by_hand, harm, found):
    by_hand(*harm)
    assert verification.verify()[1] == [Break(*each) for each in dict.fromkeys(found)]


def test_a_log_written_anew_as_a_whole_does_not_fit_the_anchor(five, log):
    book.close_all()
    log.unlink()
    for beside in log.parent.glob("reads.sqlite3-*"):
        beside.unlink()
    book.create(log, keys.key_of(log.parent))
    for n in range(1, 6):
        book.append(at=NOON, actor="page:9", roles=[], page="people", seen={UUID(int=n): {"identity"}})
    assert verification.verify() == (5, [Break(4, "edited")])


def test_bytes_changed_on_the_disk_are_seen(five, log):
    book.close_all()
    content = bytearray(log.read_bytes())
    content[len(content) // 2] ^= 1
    log.write_bytes(content)
    assert verification.verify() == (0, [Break(0, "damaged")])


def test_the_head_is_anchored_with_the_next_act_once_a_minute_and_never_by_reading(log, account):
    account(Role.REGISTRAR)

    def anchors():
        return list(AuditEntry.objects.filter(subject="reads", act="reads anchored").values_list("facts", flat=True))

    book.append(at=NOON, actor="page:1", roles=[], page="people", seen={UUID(int=1): {"identity"}})
    with nothing_writes():
        assert book.append(at=NOON, actor="page:1", roles=[], page="people", seen={UUID(int=1): {"identity"}}) == 2
        with pytest.raises(UnguardedWrite):
            anchoring.anchor(NOON)
    assert anchors() == []
    account(Role.INTERVIEWER)
    assert len(anchors()) == 1 and '"number":2' in anchors()[0]
    book.append(at=NOON, actor="page:1", roles=[], page="people", seen={UUID(int=1): {"identity"}})
    account(Role.MEDICAL_OFFICER)
    assert len(anchors()) == 1, "a minute has not passed"
    assert anchoring.anchor(NOON) and not anchoring.anchor(NOON), "nothing was read since"
    assert len(anchors()) == 2 and verify_chain(anchored=False)[1] == []


def test_a_lost_log_holds_no_act_up_and_is_begun_anew_by_an_administrator_only_and_for_ever_visibly(
    five, log, account, administrator
):
    book.close_all()
    log.unlink()
    for beside in log.parent.glob("reads.sqlite3-*"):
        beside.unlink()
    account(Role.REGISTRAR)
    keeping.keep_a_log(NOON)
    assert not log.exists(), "what the audit chain knows is not made again in silence"
    with pytest.raises(NotPermitted):
        keeping.begin_anew(by=Actor.setting_up([Role.SUPERVISOR]), at=NOON)
    assert keeping.begin_anew(by=administrator, at=NOON) == 5
    assert book.append(at=NOON, actor="page:1", roles=[], page="people", seen={UUID(int=1): {"identity"}}) == 5
    assert verification.verify() == (1, [])
    assert AuditEntry.objects.filter(act="log of reads begun anew", subject="reads").count() == 1
    with pytest.raises(book.ReadsThere):
        keeping.begin_anew(by=administrator, at=NOON)


def test_a_site_that_never_had_a_log_gets_one_and_the_audit_chain_knows_it(log):
    book.close_all()
    log.unlink()
    assert verification.verify() == (0, [])
    keeping.keep_a_log(NOON)
    assert log.exists() and AuditEntry.objects.filter(act="log of reads begun").count() == 1
    keeping.keep_a_log(NOON)
    assert AuditEntry.objects.filter(act="log of reads begun").count() == 1
