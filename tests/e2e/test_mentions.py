"""Names complete behind an @ in any text, by keys and by the mouse."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def writing(new_page, scene):
    """Ann's browser at the form that answers her question, with the caret in the text."""
    page = new_page(who="ann")
    page.goto(scene["posts"]["main"]["path"])
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
