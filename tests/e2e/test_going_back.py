"""Going back to a list from a question: the same page of it, the same filters, the same place on the screen."""

import pytest
from playwright.sync_api import expect

STEADY = 3  # pixels
FORTY_QUESTIONS = """
from forum.actions.recounting import recount
from tests.factories import make_member, make_question
asker = make_member("Many Questions")
for number in range(40):
    make_question(asker, title=f"A question long ago, number {number}", intent="information", days_ago=400 + number)
recount()  # what is older is less hot
"""


@pytest.fixture(scope="module")
def long_list(server, scene):
    """Two pages of questions that want information, older than all others."""
    server.manage("shell", "-v", "0", "-c", FORTY_QUESTIONS)
    return "/questions/?intent=information&notes=none"


@pytest.mark.parametrize(("width", "javascript"), [("phone", True), ("desk", False)])
def test_the_place_in_a_list_survives_going_back(new_page, long_list, width, javascript):
    page = new_page(width, javascript=javascript)
    page.goto(long_list)
    page.get_by_role("link", name="Older").click()
    row = page.locator(".q h3 a").nth(14)
    row.scroll_into_view_if_needed()
    address, place = page.url, row.bounding_box()["y"]

    row.click()
    page.wait_for_url("**/a-question-long-ago-number-*/")
    page.go_back()
    page.wait_for_url(address)

    assert "intent=information&notes=none&older=" in address
    assert [chip.split("\n")[0] for chip in page.locator(".list-said .tag").all_inner_texts()] == [
        "Wants information",
        "Without content notes",
    ]
    assert abs(page.locator(".q h3 a").nth(14).bounding_box()["y"] - place) < STEADY


@pytest.mark.parametrize("javascript", [True, False])
def test_going_back_shows_the_vote_that_was_cast(new_page, scene, javascript):
    page = new_page(who="mo", javascript=javascript)
    page.goto(scene["posts"]["main"]["path"])
    post = scene["posts"]["veiled"]
    up, score = page.locator(f"#vote-{post['id']} button").first, page.locator(f"#vote-{post['id']} output bdi")
    before = score.inner_text()
    up.click()
    expect(up).to_have_attribute("aria-pressed", "true")
    after = score.inner_text()
    page.goto("/questions/")

    page.go_back()

    assert (up.get_attribute("aria-pressed"), score.inner_text()) == ("true", after) != ("false", before)
    up.click()
    expect(up).to_have_attribute("aria-pressed", "false")
