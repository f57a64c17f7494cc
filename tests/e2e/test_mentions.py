"""Names complete behind an @ in any text, by keys and by the mouse."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def writing(new_page, scene):
    """Ann's browser at the form that answers her own question, with the caret in the text."""
    page = new_page(who="ann")
    page.goto(scene["posts"]["main"]["path"])
    page.locator("details:has(#answer)").evaluate("details => { details.open = true; }")  # a draft opens it too
    page.locator("#answer [name=body]").fill("")
    return page


def text_of(page):
    return page.locator("#answer [name=body]").input_value()


def test_people_of_the_thread_are_offered_and_chosen_by_keys(writing):
    writing.keyboard.type("- Thank you, @")
    expect(writing.get_by_role("option")).to_have_text(["Bob StoneIn this thread"])

    writing.keyboard.type("bo")
    writing.keyboard.press("ArrowDown")
    expect(writing.locator("#answer [name=body]")).to_have_attribute("aria-activedescendant", "names-0")
    writing.keyboard.press("Enter")
    writing.keyboard.type("and all")

    assert text_of(writing) == "- Thank you, @Bob Stone and all"
    expect(writing.get_by_role("listbox")).to_have_count(0)


@pytest.mark.parametrize("key", ["Enter", "Tab"])
def test_the_only_name_is_taken_without_an_arrow(writing, key):
    writing.keyboard.type("@bo")
    expect(writing.locator("#answer [name=body]")).to_have_attribute("aria-activedescendant", "names-0")
    writing.keyboard.press(key)

    assert text_of(writing) == "@Bob Stone "


def test_of_several_names_none_is_taken_until_one_is_chosen(writing):
    writing.keyboard.type("@s")
    expect(writing.get_by_role("option").nth(1)).to_be_visible()
    writing.keyboard.press("Enter")

    assert text_of(writing) == "@s\n"


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_the_list_opens_at_the_caret_and_in_view(new_page, scene, width):
    page = new_page(width, who="bob")
    page.goto(scene["posts"]["main"]["path"])
    field = page.locator("#answer [name=body]")
    field.fill("one\n" * 30)
    caret = "(field) => [field.getBoundingClientRect().left, field.getBoundingClientRect().bottom]"
    found = []
    for words in ("@ann", "A line of some length, thanks to @ann"):
        field.press("Control+End")
        page.keyboard.type(words)
        expect(page.get_by_role("option")).to_have_count(1)
        box, (left, foot) = page.get_by_role("listbox").bounding_box(), field.evaluate(caret)
        line = 30  # in pixels, and some room
        found.append(
            (
                box["x"] - left < 20,
                foot - 3 * line < box["y"] < foot + line or foot - 4 * line < box["y"] + box["height"] < foot,
                box["x"] >= 0 and box["x"] + box["width"] <= page.viewport_size["width"],
                box["y"] >= 0 and box["y"] + box["height"] <= page.viewport_size["height"],
            )
        )
        page.keyboard.press("Escape")
        page.keyboard.press("Enter")

    assert found == [(True, True, True, True), (False, True, True, True)]


def test_somebody_else_is_found_by_the_beginning_of_their_name(writing):
    writing.keyboard.type("@mo k")

    writing.get_by_role("option", name="Mo Keeper").click()

    assert text_of(writing) == "@Mo Keeper "


def test_escape_closes_the_list_and_enter_is_a_new_line_then(writing):
    writing.keyboard.type("@bo")
    expect(writing.get_by_role("option")).to_have_count(1)
    writing.keyboard.press("Escape")
    expect(writing.get_by_role("listbox")).to_have_count(0)
    writing.keyboard.press("Enter")

    assert text_of(writing) == "@bo\n"


def test_a_comment_completes_names_too(new_page, scene):
    page = new_page(who="ann")
    page.goto(scene["posts"]["main"]["path"])
    page.get_by_role("link", name="Add a comment").click()
    page.locator(".comments [name=body]").focus()

    page.keyboard.type("@bob")
    page.get_by_role("option", name="Bob Stone").click()

    assert page.locator(".comments [name=body]").input_value() == "@Bob Stone "


def test_without_an_account_nothing_is_offered_and_nothing_breaks(new_page, scene):
    page = new_page()
    page.goto(scene["posts"]["main"]["path"])
    page.locator("#answer [name=body]").focus()

    with page.expect_response("**/mentions/complete/**") as answered:
        page.keyboard.type("@bo")

    assert answered.value.status == 403
    expect(page.get_by_role("listbox")).to_have_count(0)
    assert text_of(page) == "@bo"
