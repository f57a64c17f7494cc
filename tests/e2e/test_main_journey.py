"""The main story: a guest asks, a member answers, the guest comes back by the mailed link and chooses the best answer."""

import io
import re
from itertools import count

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.support.mails import code_of, newest_mail_to, words_of
from tests.support.scene import PASSWORD

HUMAN_MILLISECONDS = 3_200  # nobody reads a form and writes in less
_numbers = count(1)


def points_of(server, name):
    """Return the points that the ledger gives a member, and check that everything cached agrees with its rows."""
    server.manage("recount", "--check")
    code = f"from accounts.models import User; print(User.objects.get(username={name!r}).reputation)"
    return int(server.manage("shell", "--verbosity", "0", "-c", code).strip().splitlines()[-1])


def ask(page, *, title, email, body="I wake at four.\n\nEvery night."):
    """Ask as a guest, with a topic, and return the new question's address."""
    page.goto("/ask/")
    form = page.locator("form[action='/ask/']")
    form.locator("[name=title]").fill(title)
    form.locator("[name=body]").fill(body)
    form.locator("[name=category]").select_option(index=1)
    form.locator("[name=guest_name]").fill("Early Bird")
    form.locator("[name=guest_email]").fill(email)
    page.wait_for_timeout(HUMAN_MILLISECONDS)
    form.get_by_role("button", name="Post question").click()
    expect(page.locator("main h1")).to_have_text(title)
    return page.url


@pytest.fixture
def address():
    """The address of a guest nobody has seen before."""
    return f"early{next(_numbers)}@example.org"


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_guest_asks_a_member_answers_and_the_guest_chooses(new_page, server, scene, address, javascript):
    before = points_of(server, scene["names"]["bob"])
    guest = new_page("phone", javascript=javascript)
    question = ask(guest, title=f"Why do I wake at four, {address}?", email=address)
    assert "private link" in guest.locator("#messages").inner_text()

    bob = new_page(who="bob", javascript=javascript)
    bob.goto(question)
    bob.locator("#answer [name=body]").fill("A warm drink, and patience.")
    bob.get_by_role("button", name="Post answer").click()
    expect(bob.locator(".answer .prose")).to_have_text("A warm drink, and patience.")

    mail = newest_mail_to(server, address)
    link = re.search(r"http\S+/guest/\S+", words_of(mail)).group()
    returned = new_page("phone", javascript=javascript)
    returned.goto(link)
    returned.get_by_role("button", name="Yes, that was me").click()
    assert returned.url.startswith(question.partition("#")[0])
    returned.get_by_role("button", name="Mark as best answer").click()
    expect(returned.locator(".answer.best .best-bar")).to_be_visible()

    assert points_of(server, scene["names"]["bob"]) - before == 40 + 300
    returned.get_by_role("button", name="Unmark as best answer").click()
    expect(returned.locator(".best-bar")).to_have_count(0)
    assert points_of(server, scene["names"]["bob"]) - before == 40


def picture(side=40):
    """Return the bytes of a small picture."""
    file = io.BytesIO()
    Image.new("RGB", (side, side), "teal").save(file, "PNG")
    return file.getvalue()


def test_writing_with_preview_tags_draft_and_a_picture(new_page, address):
    page = new_page()
    page.goto("/ask/")
    form = page.locator("form[action='/ask/']")

    form.locator("[name=title]").fill("May I show you my window?")
    form.locator("[name=body]").fill("It is *very* old.")
    form.get_by_role("button", name="Preview", exact=True).click()
    expect(form.locator(".preview em")).to_have_text("very")
    form.get_by_role("button", name="Write", exact=True).click()

    form.locator("[name=tags]").press_sequentially("bound")
    form.get_by_role("option", name="boundaries").first.click()
    assert form.locator(".tagbox .tag input").input_value() == "boundaries"

    form.get_by_role("button", name="Picture").click()
    dialog = page.get_by_role("dialog", name="Add a picture")
    dialog.get_by_label("Picture", exact=True).set_input_files(
        {"name": "window.png", "mimeType": "image/png", "buffer": picture()}
    )
    dialog.get_by_label("What does it show?").fill("An old window")
    dialog.get_by_role("button", name="Add picture").click()
    expect(dialog).to_have_count(0)
    assert re.search(r"!\[An old window\]\(/media/\S+\)", form.locator("[name=body]").input_value())
    form.get_by_role("button", name="Preview", exact=True).click()
    expect(form.locator(".preview img")).to_have_attribute("alt", "An old window")
    expect(page.locator("[data-draft-status]").first).to_contain_text("Draft saved")

    form.locator("[name=category]").select_option(index=1)
    # A picture looks like a link to the gate; the work it asks for was done while the text was written.
    form.get_by_role("button", name="Post question").click()
    shown = page.locator("article.q-post .prose img")
    expect(shown).to_have_attribute("alt", "An old window")
    assert shown.evaluate("one => one.complete && one.naturalWidth") == 40
    assert page.locator("article.q-post .tags").inner_text() == "boundaries"


def test_a_guest_joins_with_a_code_and_claims_what_they_wrote(new_page, server, address):
    page = new_page("phone")
    title = f"Who was I before I joined, {address}?"
    ask(page, title=title, email=address)

    name = address.partition("@")[0].title()
    page.goto("/accounts/signup/")
    page.locator("main [name=username]").fill(name)
    page.locator("main [name=email]").fill(address)
    page.locator("main [name=password1]").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    page.locator("main [name=code]").fill(code_of(newest_mail_to(server, address, about="Your code is")))
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(lambda url: "confirm-email" not in url)

    page.goto("/guest/claim/")
    expect(page.get_by_role("link", name=title)).to_be_visible()
    page.get_by_label("Don’t show my name on them").uncheck()
    page.get_by_role("button", name="Add to my account").click()

    page.goto(f"/user/{name}/questions/")
    expect(page.get_by_role("link", name=title)).to_be_visible()
    assert points_of(server, name) == 100 + 20
