"""The seeded site opens, on a phone and on a desk, with and without JavaScript."""

import pytest


@pytest.mark.parametrize("width", ["phone", "desk"])
@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_question_is_reached_from_the_front_page(new_page, width, javascript):
    page = new_page(width, javascript=javascript)
    page.goto("/")

    link = page.locator("main h2 a, main h3 a").first
    title = link.inner_text()
    link.click()

    assert page.locator("main h1").inner_text() == title
