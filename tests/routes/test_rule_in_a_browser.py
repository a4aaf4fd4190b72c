"""The rule of an offer is built without the page loading again, and the same without a script."""

from __future__ import annotations

import pytest
from django.urls import reverse

from safeconduct.core.access.roles import Role
from safeconduct.routes.models import Offer
from tests.factory import offer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def builder(live_server, browser, account, request):
    """The empty rule of an offer, open before the officer; the parameter says whether scripts run."""
    offer("albania", criteria="")
    account(Role.RESETTLEMENT_OFFICER)
    context = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=request.param)
    page = context.new_page()
    page.goto(live_server.url + reverse("sign_in"))
    page.fill("[name=username]", "resettlement_officer")
    page.fill("[name=password]", "correct horse battery")
    page.click("main button")
    page.goto(live_server.url + reverse("offer_rule", args=["albania"]))
    yield page
    context.close()


@pytest.mark.parametrize("builder", [True, False], ids=["script", "no script"], indirect=True)
def test_a_condition_is_added_and_saved(builder):
    builder.select_option("#kind-new", "age")
    builder.click("button[value='kind:new']")
    builder.fill("[name=values]", "18")
    builder.click("button[value=add]")
    builder.get_by_text("A person must meet 1 condition").wait_for()
    builder.click("button[value=save]")
    builder.wait_for_url("**" + reverse("offer", args=["albania"]))
    assert Offer.objects.get().criteria == "age >= 18"


@pytest.mark.parametrize("builder", [True], ids=["script"], indirect=True)
def test_a_step_loads_no_page_and_puts_the_reader_where_the_work_goes_on(builder, axe_violations):
    builder.evaluate("window.sameDocument = true")
    builder.select_option("#kind-new", "age")
    builder.click("button[value='kind:new']")
    builder.locator("form[aria-label='New condition']:focus").wait_for()
    builder.locator("[name=values]").evaluate("field => { field.form.noValidate = true }")
    builder.fill("[name=values]", "200")
    builder.click("button[value=add]")
    builder.get_by_text("less than or equal to 120").first.wait_for()
    assert axe_violations(builder) == []
    builder.fill("[name=values]", "18")
    builder.click("button[value=add]")
    builder.locator(".sentence:focus", has_text="A person must meet 1 condition").wait_for()
    assert axe_violations(builder) == []
    assert builder.evaluate("window.sameDocument")
