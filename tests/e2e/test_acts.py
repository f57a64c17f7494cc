"""Voting, saving, commenting, editing: at once and without a new page, and just as well without JavaScript."""

import pytest
from playwright.sync_api import expect

MARK = "document.documentElement.dataset.mark = 'here'"
SAME_PAGE = "document.documentElement.dataset.mark === 'here'"
BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])


@pytest.fixture
def thread(new_page, scene):
    """Open the scene's question as somebody: `thread("bob")`."""

    def open_thread(who, **options):
        page = new_page(who=who, **options)
        page.goto(scene["posts"]["main"]["path"])
        page.evaluate(MARK) if options.get("javascript", True) else None
        return page

    return open_thread


def votes_on(page, post):
    """Return what stands between the arrows of a post."""
    return page.locator(f"#vote-{post['id']} output bdi")


@BOTH
def test_a_vote_counts_and_is_taken_back(thread, scene, javascript):
    page = thread("mo", javascript=javascript)
    post = scene["posts"]["veiled"]
    before = votes_on(page, post).inner_text()

    up = page.locator(f"#vote-{post['id']} button").first
    up.click()
    expect(up).to_have_attribute("aria-pressed", "true")
    assert votes_on(page, post).inner_text() == "+1"
    up.click()
    expect(up).to_have_attribute("aria-pressed", "false")

    assert votes_on(page, post).inner_text() == before
    assert not javascript or page.evaluate(SAME_PAGE)


@BOTH
def test_a_post_is_saved_and_let_go(thread, scene, javascript):
    page = thread("newt", javascript=javascript)
    save = page.locator(f"#bookmark-{scene['posts']['main']['id']} button")

    save.click()
    expect(save).to_have_text("Bookmarked")
    assert not javascript or page.evaluate(SAME_PAGE)
    page.goto("/bookmarks/")
    expect(page.locator("main").get_by_role("link", name="How do I sleep better?", exact=True)).to_have_count(1)

    page.goto(scene["posts"]["main"]["path"])
    save.click()
    expect(save).to_have_text("Bookmark")


@BOTH
def test_a_comment_is_added_below_its_post(thread, scene, javascript):
    page = thread("bob", javascript=javascript)
    place = page.locator(f"#comments-{scene['posts']['main']['id']}")
    words = f"Said {'with' if javascript else 'without'} JavaScript."

    place.get_by_role("link", name="Add a comment").click()
    place.locator("[name=body]").fill(words)
    place.get_by_role("button", name="Post comment").click()

    expect(place.get_by_text(words)).to_be_visible()
    assert not javascript or page.evaluate(SAME_PAGE)


@BOTH
def test_an_author_edits_and_readers_see_it(thread, scene, javascript):
    page = thread("bob", javascript=javascript)
    words = f"Changed {'with' if javascript else 'without'} JavaScript."

    page.goto(f"/posts/{scene['posts']['noted']['id']}/edit/")
    page.locator("main [name=body]").fill(words)
    page.get_by_role("button", name="Save changes").click()

    expect(page.locator("article.q-post .prose")).to_have_text(words)
    expect(page.locator("article.q-post")).to_contain_text("dited")


def test_a_double_click_makes_one_answer(thread, scene, new_page):
    page = new_page(who="bob")
    page.goto(scene["posts"]["bare"]["path"])

    page.locator("#answer [name=body]").fill("Once is enough.")
    page.get_by_role("button", name="Post answer").dblclick()

    expect(page.locator(".answer .prose", has_text="Once is enough.")).to_have_count(1)
    page.goto("/user/Bob%20Stone/answers/")
    expect(page.locator("main").get_by_role("link", name="Nothing but a title here")).to_have_count(1)


@BOTH
def test_colours_are_chosen_by_a_form_and_stay(new_page, javascript):
    page = new_page(javascript=javascript)
    page.goto("/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor") if javascript else ""

    page.get_by_role("button", name="Dark").last.click()
    page.goto("/tags/")

    assert page.locator("meta[name=color-scheme]").get_attribute("content") == "dark"
    assert not javascript or page.evaluate("getComputedStyle(document.body).backgroundColor") != light


@BOTH
def test_a_content_note_opens_with_one_tap(new_page, scene, javascript):
    page = new_page("phone", javascript=javascript)
    page.goto(scene["posts"]["noted"]["path"])
    text = page.locator("article.q-post .note .prose")

    expect(text).to_be_hidden()
    page.locator("article.q-post .note summary").click()

    expect(text).to_be_visible()
