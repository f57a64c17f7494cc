"""A guest on a phone: interrupted, back again, heard, and then a member: nothing typed or pressed is lost."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.mails import code_of, newest_mail_to
from tests.support.scene import PASSWORD

HUMAN_MILLISECONDS = 3_200  # nobody reads a form and writes in less
BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])


def begin(page, title, *, javascript):
    """Type a question with a tag that is there and one that is not, each taken by Enter, and leave it as a draft."""
    page.goto("/ask/")
    form = page.locator("form[action='/ask/']")
    form.locator("[name=title]").fill(title)
    form.locator("[name=body]").fill("He reads my messages.")
    tags = form.locator("[data-tagbox] input:visible")
    for name in ("boundaries", "qwertyish"):
        tags.fill(name)
        tags.press("Enter")
        expect(form.locator(".tagbox .tag", has_text=name)).to_be_visible()
    expect(page.locator("main h1")).to_have_text("Ask a question")
    if javascript:
        expect(form.locator("[data-tags-said]")).to_have_text("“qwertyish” is not a tag here yet. It will be left out.")
        expect(page.locator("[data-draft-status]").first).to_contain_text("Draft saved")
    else:
        form.get_by_role("button", name="Save draft").click()


def finish(page, title):
    """Find everything again, post it, and return the question's path."""
    page.goto("/ask/")
    form = page.locator("form[action='/ask/']")
    expect(form.locator("[name=title]")).to_have_value(title)
    expect(form.locator(".tagbox .tag bdi")).to_have_text(["boundaries", "qwertyish"])
    form.locator("[name=category]").select_option(index=1)
    form.locator("[name=guest_name]").fill("Tired Daughter")
    page.wait_for_timeout(HUMAN_MILLISECONDS)
    form.get_by_role("button", name="Post question").click()
    expect(page.locator("main h1")).to_have_text(title)
    expect(page.locator("#messages")).to_contain_text("“qwertyish” is not a tag here yet, so it was left out.")
    expect(page.locator("#messages")).to_contain_text("Save this private link")
    return re.sub(r"^http://[^/]+|#.*$", "", page.url)


def vote_and_sign_up(page, server, answer, name):
    """Press a vote, sign up on the way, and find it counted."""
    page.goto(answer["path"])
    vote = page.locator(f"#vote-{answer['id']}")
    before = int(re.sub(r"\D", "", vote.locator("output bdi").inner_text()))
    vote.locator("button[value=up]").click()
    expect(page.locator("main")).to_contain_text("Sign in to vote on this answer.")
    page.get_by_role("link", name="Create an account").click()
    expect(page.locator("main")).to_contain_text("Create an account to vote on this answer.")
    address = f"{name.replace(' ', '.').lower()}@example.org"
    page.locator("main [name=username]").fill(name)
    page.locator("main [name=email]").fill(address)
    page.locator("main [name=password1]").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    page.locator("main [name=code]").fill(code_of(newest_mail_to(server, address)))
    page.locator("main form").first.get_by_role("button").first.click()
    expect(page.locator("#messages")).to_contain_text("Your vote was counted.")
    expect(vote.locator("button").first).to_have_attribute("aria-pressed", "true")
    assert int(re.sub(r"\D", "", vote.locator("output bdi").inner_text())) == before + 1


@BOTH
def test_a_guest_asks_comes_back_votes_and_claims(new_page, server, scene, javascript):
    how = "scripted" if javascript else "plain"
    title = f"Can I trust him again ({how})?"
    page = new_page("phone", javascript=javascript)
    begin(page, title, javascript=javascript)
    again = page.context.new_page()
    page.close()
    question = finish(again, title)

    again.goto("/")
    again.get_by_role("navigation", name="Quick links").get_by_role("link", name="You").click()
    expect(again.locator("main h1")).to_have_text("Your questions")
    expect(again.locator("main").get_by_role("link", name=title)).to_have_attribute("href", question)
    vote_and_sign_up(again, server, scene["posts"]["answer"], f"Tired {how}")

    again.goto("/guest/claim/")
    expect(again.locator("main")).to_contain_text("Instead of “Tired Daughter”, others will see “Anonymous”.")
    again.get_by_role("button", name="Add to my account").click()
    expect(again.locator("#messages")).to_contain_text("1 post is in your account now.")
    expect(again.locator("main h1")).to_have_text("Only you can see these")
    again.locator("main").get_by_role("link", name=title).click()
    expect(again.locator("main h1")).to_have_text(title)
    expect(again.locator("main .prose").first).to_have_text("He reads my messages.")


def test_what_an_input_method_composes_is_left_to_it(new_page):
    page = new_page()
    page.goto("/ask/")
    tags = page.locator("[data-tagbox] input:visible")
    tags.press_sequentially("bound")
    expect(page.get_by_role("option", name="boundaries").first).to_be_visible()

    for composing in ("{isComposing: true}", "{keyCode: 229}"):
        for key in ("ArrowDown", "Enter"):
            let_go = tags.evaluate(
                f"(field) => field.dispatchEvent(new KeyboardEvent('keydown', {{key: '{key}', bubbles: true,"
                f" cancelable: true, ...{composing}}}))"
            )
            assert let_go is True

    expect(tags).to_have_value("bound")
    assert page.locator("[aria-selected=true][role=option]").count() == 0
