"""What somebody typed is never lost: mistakes, closed tabs, ended sessions."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.scene import PASSWORD

BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])


@BOTH
def test_a_form_with_mistakes_comes_back_as_it_was(new_page, javascript):
    page = new_page(javascript=javascript)
    page.goto("/ask/")
    form = page.locator("form[action='/ask/']")
    form.locator("[name=title]").fill("Too short")
    form.locator("[name=body]").fill("A long story.")
    form.locator("[name=tags]").fill("sleep, boundaries")
    form.locator("[name=intent][value=listening]").check()
    form.locator("[name=guest_name]").fill("Early Bird")
    form.locator("[name=guest_email]").fill("not an address")

    form.get_by_role("button", name="Post question").click()

    expect(page.locator("[data-summary], .summary, [role=alert]").first).to_be_visible()
    values = [form.locator(f"[name={name}]").input_value() for name in "title body guest_name guest_email".split()]
    assert values == ["Too short", "A long story.", "Early Bird", "not an address"]
    assert form.locator(".tagbox .tag bdi").all_inner_texts() == ["sleep", "boundaries"]
    assert form.locator("[name=intent]:checked").input_value() == "listening"
    assert form.locator("[aria-invalid=true]").count() >= 2


@pytest.mark.parametrize("who", ["guest", "newt"])
def test_a_closed_tab_leaves_a_draft(new_page, scene, who):
    page = new_page(who=who)
    page.goto(scene["posts"]["hebrew"]["path"])
    page.locator("#answer [name=body]").fill(f"Half an answer by {who}")

    page.close(run_before_unload=True)

    again = page.context.new_page()
    again.wait_for_timeout(300)
    again.goto(scene["posts"]["hebrew"]["path"])
    expect(again.locator("#answer [name=body]")).to_have_value(f"Half an answer by {who}")


@BOTH
def test_a_session_that_ended_keeps_the_text_for_after_signing_in(new_page, scene, javascript):
    page = new_page(who="newt", javascript=javascript)
    page.goto(scene["posts"]["members"]["path"])
    page.goto(scene["posts"]["noted"]["path"])
    words = f"An hour of writing, {'with' if javascript else 'without'} JavaScript"
    page.locator("#answer [name=body]").fill(words)
    page.context.clear_cookies(name="session")

    page.get_by_role("button", name="Post answer").click()
    expect(page).to_have_url(at("/accounts/login/"))
    page.locator("main [name=login]").fill(scene["names"]["newt"])
    page.locator("main [name=password]").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").first.click()

    expect(page).to_have_url(at("/drafts/"))
    page.locator("article", has_text=words).get_by_role("link", name="Continue writing").click()
    expect(page.locator("#answer [name=body]")).to_have_value(words)


def at(path):
    """Return what matches the address of a page, whatever its query."""
    return re.compile(rf"^http://[^/]+{re.escape(path)}(\?.*)?$")
