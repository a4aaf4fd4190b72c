"""Nothing changes but through an action, and no action goes unlogged."""

from __future__ import annotations

import pytest
from django.db import transaction

from safeconduct.core.access import guard
from safeconduct.core.access.accounts import RolesExclude, give_role, open_account
from safeconduct.core.access.actions import action, declared
from safeconduct.core.access.actors import NOBODY, Actor
from safeconduct.core.access.models import Account, RoleGrant
from safeconduct.core.access.refusals import NotPermitted, Refusal
from safeconduct.core.access.roles import Role, excluded_pairs
from safeconduct.core.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


def test_an_act_and_its_audit_entry_come_together(account, noon):
    made = account(Role.REGISTRAR)
    acts = list(AuditEntry.objects.values_list("act", "subject"))
    assert ("account opened", f"access.account:{made.pk}") in acts


def test_whoever_holds_no_role_for_it_changes_nothing_and_the_refusal_is_written(noon):
    with pytest.raises(NotPermitted):
        open_account(by=NOBODY, username="x", password="correct horse battery", roles=[], at=noon)
    assert not Account.objects.exists()
    last = AuditEntry.objects.order_by("-number").first()
    assert (last.outcome, last.facts) == ("refused", '{"code":"access.not_permitted"}')


def test_a_refusal_in_the_middle_leaves_nothing_half_written(account, administrator, noon):
    with pytest.raises(RolesExclude):
        open_account(
            by=administrator, username="both", password="correct horse battery",
            roles=[Role.REGISTRAR, Role.AUDITOR], at=noon,
        )  # fmt: skip
    assert not Account.objects.filter(username="both").exists()


def test_an_action_cannot_be_defined_without_a_permission_or_an_audit_phrase():
    with pytest.raises(TypeError):
        action(permission="", audit="x")
    with pytest.raises(TypeError):
        action(permission="x", audit="x")(lambda: None)


def test_an_action_needs_somebody_who_acts_and_a_moment(noon):
    with pytest.raises(TypeError):
        open_account(by=None, username="x", password="p", roles=[], at=noon)


def test_a_write_outside_an_action_is_refused(noon):
    with pytest.raises(guard.UnguardedWrite), transaction.atomic():
        Account.objects.create(username="sneaky", created_at=noon)
    with pytest.raises(guard.UnguardedWrite), transaction.atomic():
        RoleGrant.objects.update(role="auditor")


def test_while_another_database_is_filled_the_sites_own_stays_guarded(noon):
    with guard.filling("a copy"), pytest.raises(guard.UnguardedWrite), transaction.atomic():
        Account.objects.create(username="sneaky", created_at=noon)
    with pytest.raises(ValueError, match="actions only"), guard.filling("default"):
        pytest.fail("the guard was taken off the site's own database")


def test_a_reader_writes_nothing_even_through_an_action(administrator, noon):
    with guard.nothing_writes(), pytest.raises(guard.UnguardedWrite):
        open_account(by=administrator, username="x", password="correct horse battery", roles=[], at=noon)


@pytest.mark.parametrize(("one", "other"), [
    (Role.ADMINISTRATOR, Role.REGISTRAR), (Role.AUDITOR, Role.SUPERVISOR), (Role.ELIGIBILITY_OFFICER, Role.REVIEWING_OFFICER),
    (Role.DATA_PROTECTION_OFFICER, Role.PROTECTION_OFFICER),
])  # fmt: skip
def test_roles_that_watch_each_other_exclude_each_other(one, other):
    assert excluded_pairs([one, other])


def test_casework_roles_may_be_held_together():
    assert not excluded_pairs([Role.REGISTRAR, Role.PROTECTION_OFFICER, Role.INTERVIEWER, Role.RESETTLEMENT_OFFICER])


def test_a_role_that_has_ended_gives_nothing(account, administrator, noon):
    from safeconduct.core.access.accounts import end_role

    made = account(Role.REGISTRAR)
    end_role(by=administrator, account=made, role=Role.REGISTRAR, at=noon)
    assert Account.objects.get(pk=made.pk).actor().roles == frozenset()
    give_role(by=administrator, account=made, role=Role.REGISTRAR, at=noon)
    assert Account.objects.get(pk=made.pk).actor().roles == {Role.REGISTRAR}


def test_every_action_asks_for_a_declared_permission():
    from safeconduct.core.access.permissions import declared as permissions

    assert declared()
    for name, act in declared().items():
        assert act.permission in permissions(), f"{name} asks for {act.permission}, which no room declares"


def test_a_refusal_speaks_in_sentences_and_carries_its_numbers():
    class Full(Refusal):
        code, says, mend = "x.full", "It takes %(n)s.", "Ask for more."

    assert str(Full(n=3)) == "It takes 3. Ask for more."


def test_an_actor_without_roles_may_nothing():
    assert not Actor(account=1).may("access.manage_accounts")
    assert not Actor(account=1, roles=frozenset(Role)).may("no.such.permission")
