"""Each reason as a sentence. No other person is named, no relative's choice is told, and who agreed to a block is not counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from safeconduct.core.languages import localise_digits
from safeconduct.plans.cases import FIRST_CHOICE
from safeconduct.routes.api import Offer, rule_of

# Code → what it means for the person, about one offer. Numbers come from the engine.
ABOUT_AN_OFFER: dict[str, Any] = {
    "given": gettext_lazy("A place in this plan."),
    "better_choice_given": gettext_lazy("The plan gives an offer that was chosen before this one, or just as much."),
    "family_larger_than_offer": gettext_lazy("There are %(size)s people who go together; the offer never takes so many at once."),
    "minimum_fill_not_reached": gettext_lazy("This offer takes a group of at least %(minimum_fill)s people or nobody. In this plan it takes nobody."),
    "lower_urgency_waits": gettext_lazy("More urgent cases hold its places."),
    "medical_full": gettext_lazy("All of its %(medical_places)s places for medical cases are taken."),
    "quota_full": gettext_lazy("All %(quota)s places that were still open are taken."),
    "family_larger_than_places_left": gettext_lazy("There are %(size)s people who go together, and %(left)s places are left."),
    "reserved_for_links": gettext_lazy("The places that are left are reserved for people with relatives there."),
    "worth_nothing_here": gettext_lazy("Going there would count for no more than staying."),
    "needed_for_minimum_fill": gettext_lazy("The place given keeps a group transfer possible."),
    "keeps_tie": gettext_lazy("The place given keeps families together that asked for it."),
    "not_found_in_time": gettext_lazy("The search ended before every arrangement was tried; it might fit. Compute again with more time."),
    "not_chosen": gettext_lazy("Not chosen. An offer that a person did not choose is not used for that person."),
    "declined": gettext_lazy("Declined by the person. This closes no other offer, and can change on any day."),
    "not_now": gettext_lazy("The person said: not now."),
    "others_in_the_room": gettext_lazy("The choice was taken with others in the room. It counts after a private talk."),
    "room_not_recorded": gettext_lazy("It is not recorded who was in the room. The choice counts after a private talk."),
    "interpreter_not_chosen": gettext_lazy("The interpreter was not the person's own choice. The choice counts after a talk with one that is."),
    "sheet_outdated": gettext_lazy("The choice was made on an older information sheet. It counts after the new one was read."),
    "sheet_not_received": gettext_lazy("It is not recorded that the person received the information sheet."),
    "no_sheet_published": gettext_lazy("No information sheet was published for this offer, so that nobody can choose it yet."),
    "offer_not_confirmed": gettext_lazy("Nobody confirmed this offer in writing. It cannot be planned."),
    "offer_not_announced": gettext_lazy("The offer is only talked about. Nobody can be asked about it yet."),
    "offer_not_yet_open": gettext_lazy("The offer opens on a later day."),
    "offer_window_over": gettext_lazy("The offer's time is over."),
    "group_choices_open": gettext_lazy("Each person decides about this group transfer in private until its last day. Until then nobody sees who or how many agreed, and no plan uses it."),
    "offer_closed": gettext_lazy("The offer is closed."),
    "rule_not_met": gettext_lazy("The offer is for other people: %(clause_reading)s."),
    "rule_not_known": gettext_lazy("The register does not say whether this holds: %(clause_reading)s. Ask, and complete the register."),
    "barred": gettext_lazy("An officer barred this pair, with a reason on record. The person may ask for a review."),
    "pinned_elsewhere": gettext_lazy("An officer pinned this case to another offer, with a reason on record."),
    "family_not_agreed": gettext_lazy("The family goes together, and this is no offer that all of it chose in talks that count. Speak with each in private."),
    "no_best_interests_decision": gettext_lazy("A child without parents enters no plan before a best-interests decision."),
    "own_views_not_heard": gettext_lazy("A child without parents enters no plan before its own views were heard."),
    "child_would_stay_behind": gettext_lazy("A child who belongs to these people would stay behind. That needs a best-interests decision for the child."),
    "children_would_stay_without_adult": gettext_lazy("Going alone would leave children without an adult. That needs a best-interests decision for each child."),
}  # fmt: skip
# Code → the heading of a group of people who remain, and of a person's own page.
WHY_NONE: dict[str, Any] = {
    **ABOUT_AN_OFFER,
    "no_choice": gettext_lazy("No choice is recorded. Silence is not a no."),
    "nothing_usable": gettext_lazy("Nothing that this plan can use: no choice is recorded, or it is private, or the offers chosen are full or not used."),
    "no_option": gettext_lazy("No offer that the person chose can be used."),
    "quota_full": gettext_lazy("The offers they chose are full."),
    "medical_full": gettext_lazy("The places for medical cases are taken."),
    "family_larger_than_offer": gettext_lazy("The family goes together and is larger than the offer."),
    "family_larger_than_places_left": gettext_lazy("The family goes together, and there are not enough places for all of it."),
    "minimum_fill_not_reached": gettext_lazy("The group transfer they chose takes nobody in this plan."),
    "rule_not_met": gettext_lazy("No offer they chose accepts their situation."),
    "rule_not_known": gettext_lazy("The register does not say whether an offer they chose accepts their situation."),
    "declined": gettext_lazy("They declined every offer they were asked about."),
    "not_now": gettext_lazy("They said: not now."),
    "offer_not_confirmed": gettext_lazy("They chose only an offer that nobody confirmed in writing."),
    "barred": gettext_lazy("An officer barred the offer they chose; they may ask for a review."),
}  # fmt: skip


def about_an_offer(reason: Mapping[str, Any], offer: Offer | None) -> str:
    """Why a person got or did not get one offer, as a sentence in the active language."""
    sentence = str(ABOUT_AN_OFFER[reason["code"]])
    numbers = {name: _shown(value) for name, value in reason["numbers"].items()}
    if "clause" in reason["numbers"] and offer is not None:
        numbers["clause_reading"] = _reading(reason["numbers"], offer)
    return sentence % numbers


def if_chosen(reason: Mapping[str, Any], offer: Offer) -> str:
    """What would stand in the way of one offer, or a reason why no offer can be planned for these people yet."""
    return about_an_offer(reason, offer) if reason["code"] in ABOUT_AN_OFFER else why_none(reason["code"])


def _reading(numbers: Mapping[str, Any], offer: Offer) -> str:
    """The condition that was missed, as it was then; plans of before kept only its place in the rule."""
    if "condition" in numbers:
        return condition(numbers["condition"])
    readings = rule_of(offer.criteria).readings(get_language() or "en")
    return readings[numbers["clause"]] if numbers["clause"] < len(readings) else _("a condition that was changed since")


def condition(text: str) -> str:
    """One condition of an offer in words."""
    return rule_of(text).readings(get_language() or "en")[0]


def lacked(reason: Mapping[str, Any]) -> str:
    """What an offer that was not given lacked, at the plan's prices: an estimate, and no less than that."""
    if reason.get("lacks") is None or "size" not in reason["numbers"]:
        return ""
    percent = round(100 * reason["lacks"] / (FIRST_CHOICE * reason["numbers"]["size"]))
    if not reason["lacks"]:
        return _("It stood level with the last who got a place here.")
    return _("It lacked at least about %(n)s %% of what a first choice counts.") % {"n": _shown(max(1, percent))}


def why_none(code: str) -> str:
    """The main reason of people who remain."""
    sentence = str(WHY_NONE[code])
    return sentence if "%(" not in sentence else str(ABOUT_AN_OFFER[code]).split("%(")[0].strip(" :;,")


def nearest(change: Mapping[str, Any] | None, offer_title: str) -> str:
    """The nearest change that could alter the answer; “at least about”, since it follows from prices."""
    if not change:
        return ""
    count, numbers = change["count"], {"count": _shown(change["count"]), "offer": offer_title}
    if change["kind"] == "minimum_fill":
        return _("The nearest change: %(offer)s takes the group.") % numbers
    if change["kind"] == "medical_places":
        return ngettext(
            "The nearest change: at least about one more place for a medical case in %(offer)s.",
            "The nearest change: at least about %(count)s more places for medical cases in %(offer)s.", count,
        ) % numbers  # fmt: skip
    if change["kind"] == "open_places":
        return ngettext(
            "The nearest change: at least about one more place in %(offer)s that is not reserved.",
            "The nearest change: at least about %(count)s more places in %(offer)s that are not reserved.", count,
        ) % numbers  # fmt: skip
    return ngettext(
        "The nearest change: at least about one more place in %(offer)s.",
        "The nearest change: at least about %(count)s more places in %(offer)s.", count,
    ) % numbers  # fmt: skip


def at_most(hundredths: int) -> str:
    """What a plan may be worth less than the best one, as words."""
    if not hundredths:
        return _("Losing nothing of the best plan")
    return _("Losing at most %(n)s %% of what the best plan is worth") % {"n": _shown(f"{hundredths / 100:.2f}")}


GROUPS: dict[str, Any] = {
    "sex": (gettext_lazy("By sex"), {"female": gettext_lazy("women and girls"), "male": gettext_lazy("men and boys"),
            "other": gettext_lazy("other"), "unknown": gettext_lazy("not recorded")}),
    "age": (gettext_lazy("By age"), {"child": gettext_lazy("under 18"), "adult": gettext_lazy("18 to 59"),
            "older": gettext_lazy("60 and older"), "unknown": gettext_lazy("not recorded")}),
    "disability": (gettext_lazy("By disability"), {"yes": gettext_lazy("with a disability"), "no": gettext_lazy("without one")}),
    "medical": (gettext_lazy("By medical need"), {"yes": gettext_lazy("with a medical need"), "no": gettext_lazy("without one")}),
    "urgency": (gettext_lazy("By urgency"), {"emergency": gettext_lazy("emergency"), "urgent": gettext_lazy("urgent"),
                "normal": gettext_lazy("normal")}),
}  # fmt: skip


def price(one: int | None, ten: int | None) -> str:
    """What one and ten more places would let happen."""
    if one is None:
        return ""
    if not one and not ten:
        return _("More places here would let nobody more leave now.")
    first = (
        ngettext("One more place lets one more person leave.", "One more place lets %(n)s more people leave.", one) % {"n": _shown(one)}
        if one else _("One more place lets nobody more leave.")
    )  # fmt: skip
    if ten is None:
        return first
    return first + " " + ngettext("Ten more let one more leave.", "Ten more let %(n)s more leave.", ten) % {"n": _shown(ten)}


def in_first_choices(price: int | None) -> str:
    """A price as so many first choices, with one digit after the point."""
    return "" if price is None else digits(price / FIRST_CHOICE)


def digits(number: float) -> str:
    """A number with one digit after the point."""
    return _shown(f"{number:.1f}")


def verdict(status: str, value: int, bound: int, checked: bool) -> str:
    """What the engine proved and what independent code found."""
    if status == "optimal":
        proved = _("Proven best: nobody can let more leave, nor follow their wishes more closely, under these rules.")
    else:
        gap = 100 * (bound - value) / bound if bound else 0
        proved = _("Not proven best: a better plan could be up to %(gap)s %% better.") % {"gap": _shown(f"{gap:.2f}")}
    return proved + " " + (_("Checked by independent code.") if checked else _("Not checked."))


def _shown(value: Any) -> str:
    return localise_digits(value if isinstance(value, int | str) else str(value), get_language() or "en")
