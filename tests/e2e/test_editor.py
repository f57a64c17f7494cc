"""What people type: the marks of a text, its two views, words with a picture, a title too long, a password."""

import pytest
from playwright.sync_api import expect

# A text typed in one go, what of it is chosen and the key pressed (or nothing), and the text then.
MARKED = [
    ("word next", "word ", "b", "**word** next"),
    ("a word next", " word ", "i", "a *word* next"),
    ("one\n\ntwo\nlines", "one\n\ntwo\nlines", "b", "**one**\n\n**two\nlines**"),
    ("- one\n- two", "- one\n- two", "b", "- **one**\n- **two**"),
    ("1. one\n2. two\n\n> three", "one\n2. two\n\n> three", "i", "1. *one*\n2. *two*\n\n> *three*"),
    ("## Head\ntext", "## Head\ntext", "b", "## **Head**\n**text**"),
    ("**word** next", "word", "b", "word next"),
    ("**word** next", "**word** ", "b", "word next"),
    ("**one**\n\n**two**", "**one**\n\n**two**", "b", "one\n\ntwo"),
    ("**word** next", "word", "i", "***word*** next"),
    ("***word*** next", "word", "b", "*word* next"),
    ("**a** or **b**", "**a** or **b**", "i", "***a** or **b***"),
    ("see word next", "word ", "k", "see [word](https://) next"),
    ("one\n\ntwo", "one\n\ntwo", "k", "[one](https://)\n\ntwo"),
]
CHOOSE = "(field, [text, chosen]) => { field.value = text; field.focus(); const at = text.indexOf(chosen); field.setSelectionRange(at, at + chosen.length); }"
COMPOSE = """(field, [key, isOld]) => {
  const event = new KeyboardEvent("keydown", { key, keyCode: isOld ? 229 : 0, isComposing: !isOld, bubbles: true, cancelable: true });
  return !field.dispatchEvent(event);
}"""
# `type` is "paste" or "drop". What comes back says whether the page took it from the browser.
CARRY = """(field, [type, words, address]) => {
  const carried = new DataTransfer();
  if (words) carried.setData("text/plain", words);
  if (address) carried.setData("text/uri-list", address);
  carried.items.add(new File(["x"], "window.png", { type: "image/png" }));
  const { left, top } = field.getBoundingClientRect();
  const options = { bubbles: true, cancelable: true, clipboardData: carried, dataTransfer: carried, clientX: left + 30, clientY: top + 20 };
  return !field.dispatchEvent(type === "paste" ? new ClipboardEvent(type, options) : new DragEvent(type, options));
}"""


@pytest.fixture(scope="module")
def editor(new_context):
    """Return the text of a question, on a page that all tests of this kind share."""
    context = new_context(who="bob")
    page = context.new_page()
    page.goto("/ask/")
    yield page.locator("[name=body]")
    context.close()


def marked(editor, text, chosen, key):
    """Return the text after the key, with what is chosen in it."""
    editor.evaluate(CHOOSE, [text, chosen])
    editor.press(f"Control+{key}")
    return editor.input_value()


def test_a_mark_holds_the_words_of_each_paragraph_and_item_and_no_space(editor):
    found = [(text, chosen, key, marked(editor, text, chosen, key)) for text, chosen, key, _ in MARKED]

    assert found == MARKED


def test_each_mark_goes_on_and_off_again_and_undo_takes_one_step(editor):
    page = editor.page
    found = []
    for name in ("Bold", "Italic"):
        editor.evaluate(CHOOSE, ["one \n\ntwo ", "one \n\ntwo "])
        page.get_by_role("button", name=name, exact=True).click()
        found.append(editor.input_value())
        page.get_by_role("button", name=name, exact=True).click()
        found.append(editor.input_value())
    editor.fill("word ")
    editor.press("Control+a")
    editor.press("Control+b")
    editor.press("Control+z")

    assert found == ["**one** \n\n**two** ", "one \n\ntwo ", "*one* \n\n*two* ", "one \n\ntwo "]
    assert editor.input_value() == "word "


@pytest.mark.parametrize("is_old", [False, True])
def test_keys_of_an_input_method_are_its_own(new_page, scene, is_old):
    page = new_page(who="bob")
    page.goto(scene["posts"]["main"]["path"])
    field = page.locator("#answer [name=body]")
    field.fill("- one")
    taken = [field.evaluate(COMPOSE, ["Enter", is_old])]

    field.fill("")
    page.keyboard.type("@an")
    expect(page.get_by_role("option")).to_have_count(1)
    taken += [field.evaluate(COMPOSE, [key, is_old]) for key in ("ArrowDown", "Enter", "Tab", "Escape")]

    assert taken == [False] * 5
    assert field.input_value() == "@an"
    expect(page.get_by_role("listbox")).to_have_count(1)


def test_words_go_before_the_picture_that_comes_with_them(new_page):
    page = new_page(who="bob")
    page.goto("/ask/")
    field, dialog = page.locator("[name=body]"), page.get_by_role("dialog", name="Add a picture")
    field.fill("")

    assert field.evaluate(CARRY, ["paste", "From a table", ""]) is False  # the browser pastes the words
    assert field.evaluate(CARRY, ["drop", "From a table", ""]) is True
    expect(dialog).to_have_count(0)
    assert field.input_value() == "From a table"
    for words, address in [
        ("", ""),
        ("/home/lea/window.png", ""),
        ("https://a.example/w.png", "https://a.example/w.png"),
    ]:
        for way in ("paste", "drop"):
            assert field.evaluate(CARRY, [way, words, address]) is True
            dialog.get_by_role("button", name="Cancel").click()
    assert field.input_value() == "From a table"


def test_one_switch_leads_to_the_preview_and_back(new_page):
    page = new_page("phone", who="bob")
    page.goto("/ask/")
    form = page.locator("form[action='/ask/']")
    form.locator("[name=body]").fill("Some *words*")
    names = form.get_by_role("button", name="Preview", exact=True)
    expect(names).to_have_count(1)

    names.click()
    expect(form.locator(".preview em")).to_have_text("words")
    expect(names).to_have_attribute("aria-pressed", "true")
    form.get_by_role("button", name="Write", exact=True).click()

    expect(form.locator(".preview")).to_be_hidden()
    expect(form.locator("[name=body]")).to_have_value("Some *words*")
    without = new_page(who="bob", javascript=False)
    without.goto("/ask/")
    expect(without.get_by_role("button", name="Preview", exact=True)).to_have_count(1)
    expect(without.get_by_role("button", name="Write", exact=True)).to_have_count(0)


def test_a_title_is_counted_and_never_cut(new_page):
    page = new_page(who="bob")
    page.goto("/ask/")
    title = page.locator("[name=title]")

    title.fill("x" * 149)
    expect(page.locator("#limit-id_title")).to_have_text("1 character left")
    title.press("End")
    page.keyboard.type("yz🙂")
    expect(page.locator("#limit-id_title")).to_have_text("2 characters too many")
    expect(title).to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="Post question").click()

    expect(page.get_by_text("A title can have up to 150 characters.").first).to_be_visible()
    expect(page.locator("[name=title]")).to_have_value("x" * 149 + "yz🙂")


def test_a_password_is_shown_by_a_button_and_sent_hidden(new_page):
    page = new_page("phone")
    page.goto("/accounts/login/")
    field, button = page.locator("main [name=password]"), page.get_by_role("button", name="Show password")
    field.fill("a secret of mine")

    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(field).to_have_attribute("type", "text")
    button.click()

    expect(field).to_have_attribute("type", "password")
    without = new_page(javascript=False)
    without.goto("/accounts/login/")
    expect(without.get_by_role("button", name="Show password")).to_have_count(0)
