"""What offers and choices add to a person's page, marks, and the page of choices to hear again."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from safeconduct.core.access.permissions import roles_with
from safeconduct.core.access.roles import Role
from safeconduct.routes.models import Mark
from tests.factory import choice, offer, person

pytestmark = pytest.mark.django_db
CHOICES = reverse("choices")


@pytest.fixture(autouse=True)
def _day_of_the_case(settings):
    settings.SITE_TODAY = "2013-12-31"


def page_of(who):
    return reverse("person", args=[who.pk])


def panel(client, who, part="talks"):
    page = client.get(page_of(who))
    return next(one for one in page.context["panels"] if one["template"] == f"routes/parts/{part}.html")


@pytest.mark.parametrize("role", sorted(roles_with("register.see_people")))
def test_what_a_person_chose_is_seen_by_few(signed_in, role):
    who, made = person(), offer(title="Albania")
    choice(who, made)
    page = signed_in(role).get(page_of(who)).content.decode()
    assert ('id="choices"' in page) is (role in roles_with("routes.see_choices"))


def test_each_answer_stands_with_the_sheet_heard_and_who_was_in_the_room(signed_in):
    who, made, other = person(), offer("albania", title="Albania"), offer("germany", title="Germany")
    choice(who, made, no=(other,), present=("interviewer", "interpreter"), alone=True)
    shown = panel(signed_in(Role.INTERVIEWER), who)["stands"]
    assert [(a["title"], a["said"], a["version"], a["word"]) for a in shown["answers"]] == [
        ("Albania", "Yes", 1, "Counts"), ("Germany", "No", 1, "Counts"),
    ]  # fmt: skip
    assert shown["room"] == "The interviewer, an interpreter"


@pytest.mark.parametrize(
    ("given", "word"),
    [({"present": ("interviewer", "family")}, "Provisional"),
     ({"present": ("interviewer", "interpreter"), "interpreter_chosen": False}, "Provisional"),
     ({"version": 99}, "Does not count"), ({}, "Counts")],
)  # fmt: skip
def test_why_an_answer_does_not_count_stands_beside_it(signed_in, given, word):
    who, made = person(), offer()
    choice(who, made, **given)
    (answer,) = panel(signed_in(Role.PROTECTION_OFFICER), who)["stands"]["answers"]
    assert answer["word"] == word and bool(answer["why"]) is (word != "Counts")


def test_no_choice_is_no_refusal(signed_in):
    assert "Silence is not a no" in signed_in(Role.INTERVIEWER).get(page_of(person())).content.decode()


def test_earlier_talks_stay_on_the_page(signed_in):
    who, made = person(), offer()
    choice(who, made, taken_on=date(2013, 6, 1)), choice(who, no=(made,))
    shown = panel(signed_in(Role.INTERVIEWER), who)
    assert len(shown["history"]) == 1 and shown["stands"]["answers"][0]["said"] == "No"


def test_each_offer_says_clause_by_clause_what_the_register_knows(signed_in):
    who = person(born=date(2000, 1, 1), status="", lived=("DEU",))
    offer(criteria="age >= 18 AND status in refugee AND earlier_residence in DEU")
    (one,) = panel(signed_in(Role.PROTECTION_OFFICER), who, "eligibility")["eligibility"]
    assert [clause["word"] for clause in one["clauses"]] == ["Not met", "Not known", "Met"]


def test_a_verdict_that_would_tell_a_diagnosis_is_kept_from_those_who_need_not_know(signed_in):
    who = person(needs=("SM-CI",))
    offer(criteria="need in SM-CI")
    (mine,) = panel(signed_in(Role.PROTECTION_OFFICER), who, "eligibility")["eligibility"]
    (theirs,) = panel(signed_in(Role.INTERVIEWER), who, "eligibility")["eligibility"]
    assert mine["clauses"][0]["word"] == "Met" and theirs["clauses"][0]["word"] == "not shown to your role"


def test_the_panel_asks_as_little_for_many_offers_as_for_one(signed_in, django_assert_max_num_queries):
    who, client = person(), signed_in(Role.PROTECTION_OFFICER)
    made = [offer(f"offer-{n}") for n in range(12)]
    choice(who, *made[:6])
    choice(who, *made[6:])
    from safeconduct.core import clock
    from safeconduct.register.queries import person as known_person
    from safeconduct.routes.panel import read_eligibility, read_talks

    actor = client.get(page_of(who)).wsgi_request.actor
    known = known_person(who.pk, seen_by=actor)
    with django_assert_max_num_queries(9):
        read_talks(known, actor, clock.today()), read_eligibility(known, actor, clock.today())


@pytest.mark.parametrize("role", list(Role))
def test_only_those_who_may_pin_and_bar_open_the_form(signed_in, role):
    address = reverse("mark_new", args=[person().pk])
    assert signed_in(role).get(address).status_code == (200 if role in roles_with("routes.mark_pairs") else 403)


def test_a_mark_carries_a_reason_and_a_name_and_its_review(signed_in):
    who = person()
    offer("albania")
    client = signed_in(Role.PROTECTION_OFFICER)
    new = reverse("mark_new", args=[who.pk])
    given = {"offer": "albania", "kind": "bar", "reason": "  "}
    assert "reason" in client.post(new, given).context["form"].errors and not Mark.objects.exists()
    client.post(new, given | {"reason": "Said in a private talk."})
    made = Mark.objects.get()
    page = client.get(page_of(who)).content.decode()
    assert "Barred from this offer" in page and "Said in a private talk." in page and "protection_officer" in page
    client.post(reverse("mark_review", args=[who.pk, made.pk]))
    assert "review asked for" in client.get(page_of(who)).content.decode()
    client.post(reverse("mark_end", args=[who.pk, made.pk]))
    made.refresh_from_db()
    assert made.ended_at and "Barred from this offer" not in client.get(page_of(who)).content.decode()
    assert client.post(reverse("mark_end", args=[who.pk, made.pk])).status_code == 404


def test_a_mark_of_another_person_is_not_found(signed_in):
    who, other = person(), person()
    offer("albania")
    client = signed_in(Role.PROTECTION_OFFICER)
    client.post(reverse("mark_new", args=[who.pk]), {"offer": "albania", "kind": "pin", "reason": "A reason."})
    assert client.post(reverse("mark_end", args=[other.pk, Mark.objects.get().pk])).status_code == 404


@pytest.mark.parametrize("role", list(Role))
def test_only_those_who_hold_talks_see_which_are_to_be_held_again(signed_in, role):
    assert signed_in(role).get(CHOICES).status_code == (200 if role in roles_with("routes.record_choices") else 403)


def test_a_choice_is_seen_by_whoever_holds_talks_or_answers_for_a_child_and_by_nobody_else():
    assert roles_with("routes.see_choices") == {Role.PROTECTION_OFFICER, Role.INTERVIEWER, Role.CHILD_PROTECTION_OFFICER}
    assert roles_with("routes.import_choices") <= roles_with("routes.see_choices")
    assert roles_with("routes.record_choices") <= roles_with("routes.see_choices")


def test_a_resettlement_officer_sees_what_fits_a_person_and_not_what_was_said(signed_in):
    who, made = person(), offer(title="Albania")
    choice(who, made)
    page = signed_in(Role.RESETTLEMENT_OFFICER).get(page_of(who)).content.decode()
    assert 'id="eligibility"' in page and "In the room" not in page and "Said on" not in page


def test_provisional_choices_wait_the_longest_first(signed_in, django_assert_max_num_queries):
    made = offer()
    for number, day in (("A", 5), ("B", 2), ("C", 9)):
        choice(person(number), made, present=("interviewer", "official"), taken_on=date(2013, 12, day))
    choice(person("D"), made)
    choice(person("E", here=False), made, present=("interviewer", "official"))
    client = signed_in(Role.PROTECTION_OFFICER)
    with django_assert_max_num_queries(12):
        page = client.get(CHOICES)
    assert [row["person"].number for row in page.context["rows"]] == ["B", "A", "C"]
    assert "choices of 3 people are provisional, the oldest since 2 December 2013" in page.content.decode()


def test_when_nothing_waits_the_page_says_so(signed_in):
    page = signed_in(Role.PROTECTION_OFFICER).get(CHOICES).content.decode()
    assert "Every choice on record was taken in private" in page and "Nobody waits" in page


def changed(n, block, made, other):
    for _one in range(n):
        who = person(block=block)
        choice(who, made, taken_on=date(2013, 11, 1)), choice(who, other, taken_on=date(2013, 12, 15))


def test_the_same_change_by_many_is_a_prompt_and_never_a_verdict(signed_in):
    made, other = offer("albania"), offer("germany")
    changed(5, "C4", made, other), changed(4, "C5", made, other)
    page = signed_in(Role.PROTECTION_OFFICER).get(CHOICES)
    assert [(one["block"], one["on"], one["n"]) for one in page.context["bursts"]] == [("C4", date(2013, 12, 15), 5)]
    text = page.content.decode().lower()
    assert "never a verdict" in text and "in private" in text
    assert not [word for word in ("suspicious", "fraud", "coerced", "pressure", "invalid") if word in text]


@pytest.mark.parametrize("after", ["-1", "x", "999999", "٣"])
def test_a_cursor_that_means_nothing_breaks_nothing(signed_in, after):
    choice(person(), offer(), present=("interviewer", "other"))
    page = signed_in(Role.PROTECTION_OFFICER).get(CHOICES, {"after": after})
    assert page.status_code == 200 and len(page.context["rows"]) == 1
