"""What people are used to from elsewhere: keys, quoting, large pictures, a card on a name, suggestions."""

import pytest
from playwright.sync_api import expect

HUMAN_MILLISECONDS = 3_200  # nobody reads a form and writes in less
SELECT = """(place) => {
  const range = document.createRange();
  range.selectNodeContents(place);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def test_a_list_and_a_thread_are_walked_by_key(new_page, scene):
    page = new_page()
    page.goto("/questions/")
    for key in "jjk":
        page.keyboard.press(key)
    expect(page.locator(".q h3 a").first).to_be_focused()
    page.goto(scene["posts"]["main"]["path"])
    page.keyboard.press("j")
    page.keyboard.press("j")

    expect(page.locator("article.answer").first).to_be_focused()


def test_the_shortcuts_open_over_the_page_and_can_be_turned_off(new_page):
    page = new_page()
    page.goto("/questions/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_contain_text("Next and previous question")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.goto("/help/shortcuts/")
    page.get_by_label("Use single-key shortcuts on this device").uncheck()
    page.goto("/questions/")
    page.keyboard.press("j")

    assert page.evaluate("document.activeElement === document.body")


def test_what_is_selected_is_quoted_and_control_enter_posts(new_page, scene):
    page = new_page(who="ann")
    page.goto(scene["posts"]["main"]["path"])
    own = page.locator("details", has_text="Answer your own question")
    words = page.locator("article.answer .prose p").first
    said = words.inner_text().strip().split("\n")[0]
    words.evaluate(SELECT)
    page.get_by_role("button", name="Quote", exact=True).click()
    field = page.locator("#answer textarea[name=body]")
    expect(field).to_be_focused()
    assert field.input_value().startswith(f"> {said[:40]}")
    assert own.count() == 0 or own.first.evaluate("one => one.open")
    field.press_sequentially("That is how it was for me.")
    page.wait_for_timeout(HUMAN_MILLISECONDS)
    page.keyboard.press("Control+Enter")

    expect(page.locator("article.answer blockquote", has_text=said[:40])).to_be_visible()


def test_a_search_is_completed_by_arrows_and_sent_by_enter(new_page, scene):
    page = new_page()
    page.goto(scene["posts"]["main"]["path"])
    title = page.locator("main h1").inner_text()
    page.goto("/")
    page.locator("#site-search").press_sequentially(title[:18])
    option = page.locator(".head-search [role=option]").first
    expect(option).to_be_visible()
    page.keyboard.press("Escape")
    expect(option).to_be_hidden()
    page.locator("#site-search").press_sequentially(title[18:20] or " ")
    expect(option).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")

    expect(page.locator("main h1")).to_be_visible()
    assert "/search/" not in page.url


def test_a_name_has_a_card_for_a_mouse_and_the_keyboard(new_page, scene):
    page = new_page()
    page.goto("/questions/")
    name = page.locator("a.who[href^='/user/']").first
    name.hover()
    card = page.get_by_role("tooltip")
    expect(card).to_contain_text("point")
    page.keyboard.press("Escape")

    expect(card).to_be_hidden()


@pytest.mark.parametrize("way", ["Escape", "back"])
def test_a_picture_opens_large_and_closes(new_page, scene, way):
    page = new_page(who="ann")
    place = scene["posts"]["main"]["path"]
    page.goto("/questions/")
    page.goto(place)
    page.evaluate("""() => {
      const image = Object.assign(document.createElement("img"), { alt: "A quiet lake" });
      image.src = document.querySelector("link[rel=apple-touch-icon]").href;
      document.querySelector("article .prose").append(image);
      dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: document.body } }));
    }""")
    page.locator(".zoom").click()
    picture = page.get_by_role("dialog", name="Picture")
    expect(picture).to_contain_text("A quiet lake")
    if way == "back":
        page.go_back()
    else:
        page.keyboard.press(way)

    expect(picture).to_be_hidden()
    assert page.url.endswith(place)
