"""Keep a plan; approve it or send it back. Two people: nobody approves a plan of his own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from safeconduct.core.access.api import Actor, Refusal, SamePerson, action, remark
from safeconduct.plans.compute import Computed, packed
from safeconduct.plans.groups import by_group
from safeconduct.plans.models import Assignment, Plan, PlannedOffer
from safeconduct.plans.outcomes import outcomes


class PlanNotChecked(Refusal):
    code = "plans.not_checked"
    says = _("Independent code found %(faults)s faults in this plan; it was not kept.")
    mend = _("Nothing was changed. Keep the log of this moment and tell whoever maintains the software.")


class AlreadyDecided(Refusal):
    code = "plans.already_decided"
    says = _("This plan was decided before.")
    mend = _("Compute a new plan.")


class ScenarioStays(Refusal):
    code = "plans.scenario_stays"
    says = _("A scenario holds offers that nobody confirmed in writing; it cannot be approved.")
    mend = _("Compute a plan without them.")


class ReasonMissing(Refusal):
    code = "plans.reason_missing"
    says = _("Sending a plan back needs a reason.")
    mend = _("Say in a sentence what should change.")


@action(permission="plans.compute", audit=gettext_noop("plan computed"))
def keep_plan(*, by: Actor, computed: Computed, at: datetime) -> Plan:
    """Keep a computed plan with its reasons and prices."""
    if computed.faults:
        raise PlanNotChecked(faults=len(computed.faults))
    number = (Plan.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    rows = outcomes(computed)
    plan = Plan.objects.create(
        number=number, computed_at=at, computed_by_id=by.account, as_of=computed.on, is_scenario=computed.is_scenario,
        status=computed.plan.status, value=int(computed.plan.value or 0), bound=int(computed.plan.bound or 0),
        bound_by=computed.plan.bound_by, problem=packed(computed.problem.to_mapping()),
        plan=packed(computed.plan.to_mapping()), checked=True, seconds=computed.seconds, units=computed.problem.units,
        groups=by_group(computed.people, rows, computed.since, computed.on),
        envy=computed.envy, near_id=computed.near, loss=computed.loss, curve=[[*each] for each in computed.curve],
        people_chosen=sum(1 for row in rows if row.first is not None),
        people_placed=sum(1 for row in rows if row.offer is not None),
        flow=_counted((str(row.first), str(row.offer) if row.offer else None) for row in rows if row.first is not None),
        remain=_counted((row.why,) for row in rows if row.offer is None),
    )  # fmt: skip
    Assignment.objects.bulk_create(
        (
            Assignment(
                plan=plan, person_id=row.person, unit=row.unit, offer_id=row.offer, rank=row.rank, first_choice_id=row.first,
                why=row.why, reasons=row.reasons, nearest=row.nearest,
            )
            for row in rows
        ),
        batch_size=500,
    )  # fmt: skip
    PlannedOffer.objects.bulk_create(_planned_offers(plan, computed, rows))
    remark(placed=plan.people_placed, status=plan.status, scenario=plan.is_scenario)
    return plan


def _counted(rows: Iterable[tuple[str | None, ...]]) -> list[list[Any]]:
    """Each different row with how often it stands, the most frequent first."""
    counted = Counter(rows).items()
    return [[*row, n] for row, n in sorted(counted, key=lambda each: (-each[1], *(part or "" for part in each[0])))]


def _planned_offers(plan: Plan, computed: Computed, rows: Any) -> list[PlannedOffer]:
    first = Counter(row.first for row in rows)
    placed = Counter(row.offer for row in rows if row.offer)
    medical = Counter(row.offer for row in rows if row.offer and row.medical)
    linked = Counter(row.offer for row in rows if row.offer and row.link)
    more = {(each.route, each.kind, each.extra): each for each in computed.more}

    def gain(position: int, kind: str, extra: int) -> int | None:
        found = more.get((position, kind, extra))
        return None if found is None else found.persons

    prices = {each.route: each.price for each in computed.more if each.kind == "places" and each.extra == 1}
    return [
        PlannedOffer(
            plan=plan, offer=each.offer, position=n, status=each.status, places=each.places, medical_places=each.medical,
            reserved=each.reserved, gone=each.offer.used, chosen_first=first[each.offer.pk], planned=placed[each.offer.pk],
            planned_medical=medical[each.offer.pk], planned_with_link=linked[each.offer.pk],
            one_more=None if each.places is None else gain(n, "places", 1),
            ten_more=None if each.places is None else gain(n, "places", 10),
            fifty_more=None if each.places is None else gain(n, "places", 50),
            one_more_medical=None if each.medical is None else gain(n, "medical_places", 1), price=prices.get(n),
            dropped=[one.kept() for one in computed.dropped if one.offer == each.offer.pk],
        )
        for n, each in enumerate(computed.entered)
    ]  # fmt: skip


@action(permission="plans.approve", audit=gettext_noop("plan approved"))
def approve_plan(*, by: Actor, plan: Plan, at: datetime) -> Plan:
    """The second person's yes. It sends nothing: it allows submissions to be prepared, each with its person's consent."""
    _may_decide(by, plan)
    if plan.is_scenario:
        raise ScenarioStays()
    return _decide(plan, Plan.State.APPROVED, by, "", at)


@action(permission="plans.approve", audit=gettext_noop("plan sent back"))
def send_back(*, by: Actor, plan: Plan, reason: str, at: datetime) -> Plan:
    """The second person's no, with a reason."""
    _may_decide(by, plan)
    if not reason.strip():
        raise ReasonMissing()
    return _decide(plan, Plan.State.SENT_BACK, by, reason.strip(), at)


def _may_decide(by: Actor, plan: Plan) -> None:
    standing = Plan.objects.select_for_update().get(pk=plan.pk)
    if standing.state != Plan.State.COMPUTED:
        raise AlreadyDecided()
    if by.account is None or standing.computed_by_id == by.account:
        raise SamePerson()


def _decide(plan: Plan, state: str, by: Actor, reason: str, at: datetime) -> Plan:
    plan.state, plan.decided_by_id, plan.decided_at, plan.decision_reason = state, by.account, at, reason
    plan.save(update_fields=["state", "decided_by", "decided_at", "decision_reason"])
    return plan
