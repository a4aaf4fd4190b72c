"""What the components write: escaped, tied together, in the reader's digits and calendar."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

HOSTILE = "<script>alert('x')</script>\"'&"


def shown(text: str, language: str = "en", **context) -> str:
    with override(language):
        return Template("{% load design %}" + text).render(Context(context))


@pytest.mark.parametrize(
    "text",
    [
        '{% mark "done" x %}', "{% tag x %}", "{% lead x %}{{ x }}{% endlead %}",
        "{% part x note=x %}{{ x }}{% endpart %}",
        '{% crumbs x x x %}', '{% banner "harm" x x x %}{{ x }}{% endbanner %}',
        "{% empty x action_url=x action_label=x %}{% endempty %}", "{% progress x %}", "{% filter_list groups %}",
        "{% facts %}{% fact x code=x %}{{ x }}{% endfact %}{% endfacts %}", "{% facts_list pairs %}",
        "{% work_list work %}", "{% reason_list reasons %}", "{% comparison three rows x %}", "{% ranking pairs %}",
        "{% step_bar three 1 %}", "{% status_ladder rungs %}", "{% time_line events %}", "{% family_tree x kin %}",
        '{% sort_head x "name" %}', "{% pager after=x before=x says=x export_url=x %}", "{% caption x %}",
        "{% name_cell x x x %}", "{% answers rows %}", "{% figure title=x source=x %}{{ x }}{% endfigure %}",
        '{% quota title=x places=x meaning="done" word=x assumed=x free=1 scale=2 %}{{ x }}{% endquota %}',
    ],
)  # fmt: skip
def test_hostile_text_is_shown_and_never_run(text):
    html = shown(
        text, x=HOSTILE, groups=[(HOSTILE, [(HOSTILE, 1, HOSTILE, True)])], pairs=[(HOSTILE, HOSTILE)],
        three=[HOSTILE] * 3, rows=[(HOSTILE, HOSTILE, HOSTILE)],
        work=[{"meaning": "done", "word": HOSTILE, "title": HOSTILE, "detail": HOSTILE, "url": HOSTILE,
               "action": HOSTILE}],
        reasons=[{"n": 1, "text": HOSTILE, "url": HOSTILE}],
        rungs=[{"label": HOSTILE, "state": "now", "source": HOSTILE, "url": HOSTILE, "assumed": HOSTILE}],
        events=[{"title": HOSTILE, "when": HOSTILE, "detail": HOSTILE, "url": HOSTILE}],
        kin=[{"relationship": HOSTILE, "name": HOSTILE, "url": HOSTILE, "note": HOSTILE}],
    )  # fmt: skip
    assert "<script" not in html
    assert "\"'&" not in html
    assert "script" in html  # and it is there to be read


def test_a_mark_never_goes_without_its_word():
    assert "Open" in shown('{% mark "done" "Open" %}')
    with pytest.raises(ValueError):
        shown('{% mark "done" "" %}')
    with pytest.raises(ValueError):
        shown('{% mark "green" "Open" %}')


@pytest.mark.parametrize(
    ("language", "day", "number"),
    [("en", "31 December 2013", "3,104"), ("fa", "۱۰ دی ۱۳۹۲", "۳٬۱۰۴"), ("ar", None, "٣٬١٠٤")],
)
def test_dates_and_numbers_are_written_as_the_reader_writes_them(language, day, number):
    assert shown("{{ n|number }}", language, n=3104) == number
    if day:
        assert shown("{{ d|day }}", language, d=date(2013, 12, 31)) == day


def test_what_was_not_counted_is_a_dash_and_no_zero():
    assert shown("{{ none|number }} {{ zero|number }}", none=None, zero=0) == "– 0"


def test_a_moment_is_shown_as_its_day_at_the_site(settings):
    settings.SITE_ZONE = "Asia/Baghdad"
    late = datetime(2013, 12, 30, 22, 30, tzinfo=UTC)  # half past one in the morning at the site
    assert shown("{{ at|day }}, {{ at|clock_time }}", at=late) == "31 December 2013, 01:30"


def test_years_keep_their_digits_together():
    assert shown('{{ "1392"|digits }}', "fa") == "۱۳۹۲"


@pytest.mark.parametrize(
    ("sort", "says", "leads_to"),
    [("", None, "sort=age"), ("age", "ascending", "sort=-age"), ("-age", "descending", "sort=age")],
)
def test_a_head_says_how_the_column_is_sorted_and_turns_it_round(sort, says, leads_to):
    request = RequestFactory().get("/people/", {"sort": sort, "block": "4", "after": "c9"})
    html = shown('{% sort_head "Age" "age" %}', request=request)
    assert (f'aria-sort="{says}"' in html) if says else ("aria-sort" not in html)
    assert leads_to in html and "block=4" in html and "after" not in html


def test_the_next_page_keeps_filters_and_order():
    request = RequestFactory().get("/people/", {"sort": "age", "block": "4", "before": "c1"})
    html = shown('{% pager after="c9" %}', request=request)
    assert 'href="?sort=age&amp;block=4&amp;after=c9"' in html


class Sheet(forms.Form):
    name = forms.CharField(label="Name", help_text="As told")
    present = forms.MultipleChoiceField(label="Present", choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple)
    read = forms.BooleanField(label="Read")
    note = forms.CharField(label="Note", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_every_error_of_the_summary_leads_to_an_element_that_is_there():
    form = Sheet({})
    html = shown("{% error_summary form %}{% form_fields form %}", form=form)
    targets = {part.split('"')[0] for part in html.split('href="#')[1:]} - {"harm"}
    assert targets == {"id_name", "id_present_0", "id_read"}
    assert all(f'id="{target}"' in html for target in targets)


def test_a_field_is_tied_to_its_hint_and_its_error():
    html = shown("{% form_field form.name %}", form=Sheet({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html and 'id="id_name_error"' in html and 'aria-invalid="true"' in html


def test_while_all_is_well_there_is_no_summary():
    assert shown("{% error_summary form other %}", form=Sheet(), other=None).strip() == ""


def test_faults_of_the_whole_form_stand_in_the_summary():
    form = Sheet({"name": "x", "present": ["a"], "read": "on"})
    form.add_error(None, "The two dates do not fit together.")
    assert "The two dates do not fit together." in shown("{% error_summary form %}", form=form)


def test_optional_fields_are_marked_and_required_ones_are_not():
    assert "(optional)" in shown("{% form_field form.note %}", form=Sheet())
    assert "(optional)" not in shown("{% form_field form.name %}", form=Sheet())


def test_the_three_answers_look_alike():
    html = shown("{% answers choices %}", choices=[("yes", "Yes", ""), ("no", "No", ""), ("not_now", "Not now", "")])
    assert html.count('class="btn"') == 3 and "main" not in html


def test_a_withheld_name_is_not_written_anywhere():
    html = shown("{% family_tree head kin %}", head="Mahin", kin=[{"relationship": "Sister", "name": "Zahra", "withheld": True}])
    assert "Zahra" not in html and "name withheld" in html


def test_what_differs_is_marked_for_eye_and_ear():
    html = shown('{% comparison heads rows "x" %}', heads="abc", rows=[("Block", 9, 4), ("Father", "R", "R")])
    assert html.count('class="differs"') == 1 and html.count("(differs)") == 1


def test_the_page_for_a_failure_needs_no_context():
    from django.template.loader import render_to_string

    html = render_to_string("design/500.html")
    assert 'lang="fa"' in html and 'lang="ar"' in html


def test_pages_are_not_kept_in_the_browsers_store():
    from django.template.loader import render_to_string

    assert '"historyCacheSize":0' in render_to_string("design/base.html")
