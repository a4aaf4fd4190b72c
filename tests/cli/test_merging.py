"""Merging from the shell: what is named is checked, what was merged comes back."""

from __future__ import annotations

from tests.shell import inside, safeconduct

TWO = "from safeconduct.register.models import Person\nanswer = list(Person.objects.values_list('number', flat=True)[:2])"
COUNT = "from safeconduct.register.models import Person\nanswer = [Person.objects.count(), Person.every.count()]"


def test_two_records_are_merged_and_brought_back_from_the_shell(site):
    one, two = inside(site, TWO)
    here, everybody = inside(site, COUNT)
    assert here == everybody
    merged = safeconduct("merge", one, two, "--why", "document", "--take", "place", "--json", site=site)
    assert merged.status == 0, merged.err
    assert merged.told["steps"] > 5 and inside(site, COUNT) == [here - 1, everybody]
    undone = safeconduct("undo-merge", one, "--json", site=site)
    assert undone.status == 0 and undone.told["stayed"] == 0, undone.err
    assert inside(site, COUNT) == [here, everybody]
    again = safeconduct("undo-merge", one, site=site)
    assert again.status == 2 and one in again.err


def test_what_is_not_known_is_named_with_what_is(site):
    one, two = inside(site, TWO)
    for arguments, named in (
        ((one, two, "--why", "because"), "entered_twice"),
        ((one, two, "--why", "said", "--take", "shoes"), "birth"),
        ((one, "Z-99999", "--why", "said"), "Z-99999"),
        ((one, one, "--why", "said"), "same record"),
    ):
        refused = safeconduct("merge", *arguments, site=site)
        assert refused.status == 2 and named in refused.err, refused
