"""Every page: axe finds nothing, the HTML is valid, nothing scrolls sideways; light and dark, phone and desk."""

import re
from contextlib import closing, contextmanager

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.e2e.pages import LOOKS
from tests.support.html import faults_of

WIDTHS = (390, 1280)
NARROW = 320
EVERY_RULE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
# The dark differs in its colours alone, and axe is slow.
COLOUR_RULES = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
THEMES = {"light": EVERY_RULE, "dark": COLOUR_RULES}
RUN = """async (options) => {
  const found = await axe.run(document, options);
  return found.violations.flatMap((one) => one.nodes.map((node) =>
    `${one.id}: ${node.target.join(" ")}: ${node.html.slice(0, 120)}: ${node.failureSummary.slice(0, 200)}`));
}"""
SIDEWAYS = """() => {
  const width = document.documentElement.clientWidth;
  const isTooWide = document.documentElement.scrollWidth > width;
  const reaches = (one) => one.getBoundingClientRect().right > width + 1 || one.getBoundingClientRect().left < -1;
  const contained = (one) => one.closest("pre, .scroll, .vh, .skip, .trap, [hidden]") ||
    [...parents(one)].some((up) => getComputedStyle(up).overflowX !== "visible");
  function* parents(one) { for (let up = one.parentElement; up && up !== document.body; up = up.parentElement) yield up; }
  const culprits = [...document.body.querySelectorAll("*")].filter((one) => reaches(one) && !contained(one));
  return isTooWide ? culprits.slice(0, 5).map((one) => one.outerHTML.slice(0, 160)).concat("too wide") : [];
}"""


@pytest.fixture(scope="module")
def page_of(new_context, new_household):
    """Open a page as somebody in a browser kept from look to look; of a guest it remembers nothing but files."""
    contexts = {}

    @contextmanager
    def open_page(who):
        contexts[who] = context = contexts.get(who) or new_context(who=who)
        with closing(context.new_page()) as page:
            yield page
            if who == "guest":
                page.evaluate("localStorage.clear()")
                context.clear_cookies()
                context.set_extra_http_headers(new_household())

    yield open_page
    for context in contexts.values():
        context.close()


@pytest.mark.parametrize("look", [pytest.param(look, id=look.name) for look in LOOKS])
def test_a_page_answers_and_is_sound(page_of, server, scene, look):
    with page_of(look.who) as page:
        status, faults = examined(page, look, server, scene)

    assert (status, {form: found for form, found in faults.items() if found}) == (look.status, {})


def examined(page, look, server, scene):
    """Look at a page in all its forms; return the status of its answer, and what is wrong with it in each."""
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
    answer = look.step(page, look.path.format(**scene["posts"]), server=server, scene=scene)
    page.wait_for_load_state("load")
    html = answer.text()
    faults = {"HTML": faults_of(html), "address": faults_of_address(html, answer.status, server)}
    page.evaluate(AXE_SCRIPT)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        faults[f"sideways {width}"] = page.evaluate(SIDEWAYS)
        for theme, rules in THEMES.items():
            if theme == "dark" and width != WIDTHS[0]:
                continue  # colours do not change with the width
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            found = page.evaluate(RUN, rules)
            # What an open menu covers is too small a target until it is closed, which a tap anywhere does.
            faults[f"axe {theme} {width}"] = [one for one in found if not (look.covers and "partially obscured" in one)]
    page.set_viewport_size({"width": NARROW, "height": 900})
    faults[f"sideways {NARROW}"] = page.evaluate(SIDEWAYS)
    return answer.status, faults | {"complaints": complaints}


def faults_of_address(html, status, server):
    """A page names its one address, or stays out of search engines."""
    is_named = f'<link rel="canonical" href="{server.url}/' in html
    is_kept_out = re.search('<meta name="robots" content="noindex', html)
    return [] if is_named or is_kept_out or status == 500 else ["no canonical address"]
