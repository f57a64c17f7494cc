"""The inbox in a browser: by keyboard, by the bell, without JavaScript, and quiet while nobody looks."""

import pytest
from playwright.sync_api import expect

INBOX = "/inbox/"
HIDE = """isHidden => {
  Object.defineProperty(document, "visibilityState", { value: isHidden ? "hidden" : "visible", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture
def open_inbox(new_page):
    """Open an inbox that no other test fills, with everything in it as it was: what an earlier test read is unread again."""

    def open_page(width="desk", **options):
        page = new_page(width, who="told", **options)
        page.goto(INBOX)
        read = page.locator(".in-mark[value=unread]")
        for left in reversed(range(read.count())):
            read.first.click()
            expect(read).to_have_count(left)
        page.goto(INBOX)
        return page

    return open_page


def counted(page, place="bell-count"):
    """Return the number on the bell, as it is seen."""
    return page.locator(f"#{place} .count")


def test_a_keyboard_moves_marks_and_opens(open_inbox, scene):
    page = open_inbox()
    number = page.locator("[data-line]").count()
    first = page.locator("[data-line]").first

    page.keyboard.press("j")
    expect(first.locator("button.nt")).to_be_focused()
    page.keyboard.press("e")
    expect(first.locator(".unread")).to_have_count(0)
    expect(counted(page)).to_have_text(f"{number - 1} unread")
    page.wait_for_function("() => document.activeElement.closest('[data-line]') !== null")
    page.keyboard.press("e")
    expect(counted(page)).to_have_text(f"{number} unread")
    page.wait_for_function("() => document.activeElement.closest('[data-line]') !== null")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("o")

    page.wait_for_url(f"**{scene['posts']['answer']['path']}")


def test_shift_a_marks_all_and_the_message_takes_it_back(open_inbox):
    page = open_inbox()
    number = page.locator(".in-line .unread").count()

    page.keyboard.press("Shift+A")
    expect(page.locator("#messages")).to_contain_text("All marked as read.")
    expect(page.locator(".in-line .unread")).to_have_count(0)
    page.locator("#messages").get_by_role("button", name="Undo").click()

    expect(page.locator("#messages")).to_contain_text(f"{number} lines marked as unread.")
    expect(page.locator(".in-line .unread")).to_have_count(number)


def test_letters_stay_letters_in_the_search(open_inbox):
    page = open_inbox()

    page.locator("#site-search").press_sequentially("jade")

    assert page.locator("#site-search").input_value() == "jade"
    expect(page.locator("[data-line]:focus-within")).to_have_count(0)


def test_the_bell_opens_its_list_and_marks_all_with_an_undo(open_inbox):
    page = open_inbox()
    page.goto("/following/")
    number = counted(page).inner_text()

    page.locator("[data-bell-menu] > summary").click()
    page.locator("#bell-list .nt").first.wait_for()
    page.locator("#bell-list").get_by_role("button", name="Mark all as read").click()

    expect(counted(page)).to_have_count(0)
    expect(page.locator("#bell-list .unread")).to_have_count(0)
    page.locator("#bell-list").get_by_role("button", name="Undo").click()
    expect(counted(page)).to_have_text(number.replace("\n", " "))


def test_opening_a_question_takes_its_lines_off_the_bell(open_inbox, scene):
    page = open_inbox()
    number = page.locator(".in-line .unread").count()

    page.goto(scene["posts"]["main"]["path"])

    expect(counted(page)).to_have_text(f"{number - 2} unread")
    page.goto(INBOX)
    expect(page.locator(".in-line .unread")).to_have_count(number - 2)


def test_on_a_phone_the_bell_leads_to_the_inbox_and_both_places_count(open_inbox):
    page = open_inbox("phone")
    number = page.locator(".in-line .unread").count()
    page.goto("/")

    for place in ("bell-count-s", "bell-count-tab"):
        expect(counted(page, place)).to_be_visible()
        expect(counted(page, place)).to_have_text(f"{number} unread")
    page.locator(".head-bell").click()

    page.wait_for_url("**/inbox/")


def test_it_works_without_script(new_page, scene):
    page = new_page(who="told", javascript=False)
    page.goto("/following/")
    page.locator("[data-bell-menu] > summary").click()
    page.locator("#bell-list").get_by_role("link", name="See all").click()
    line = page.locator("[data-line]").first

    line.locator(".in-mark").click()
    page.wait_for_url("**/inbox/#n*")
    page.locator("[data-line]").first.locator("button.nt").click()

    page.wait_for_url(f"**{scene['posts']['answer']['path']}")


def test_the_number_is_asked_for_while_somebody_looks_and_never_otherwise(new_page):
    page, asked = new_page(who="bob"), []
    page.clock.install()
    page.on("request", lambda request: "/inbox/count/" in request.url and asked.append(request.url))
    page.goto("/following/")
    page.wait_for_load_state("networkidle")

    with page.expect_event("requestfinished", lambda request: "/inbox/count/" in request.url):
        page.clock.run_for(61_000)
    assert len(asked) == 1
    page.evaluate(HIDE, True)
    page.clock.run_for(600_000)
    assert len(asked) == 1
    with page.expect_request("**/inbox/count/**"):
        page.evaluate(HIDE, False)
    assert len(asked) == 2


def test_a_failed_look_says_nothing(new_page):
    page = new_page(who="bob")
    page.clock.install()
    page.route("**/inbox/count/**", lambda route: route.abort())
    page.goto("/following/")

    with page.expect_event("requestfailed"):
        page.clock.run_for(61_000)
    page.clock.run_for(1_000)

    expect(page.locator("#messages > *")).to_have_count(0)


def test_guests_are_never_asked(new_page):
    page, asked = new_page(), []
    page.clock.install()
    page.on("request", lambda request: "/inbox/" in request.url and asked.append(request.url))
    page.goto("/")

    page.clock.run_for(300_000)

    assert asked == []
