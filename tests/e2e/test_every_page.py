"""Every page: axe finds nothing, the HTML is valid, nothing scrolls sideways; light and dark, phone and desk."""

import re
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Visit:
    """What a look at a page found."""

    status: int
    html: str
    findings: dict[str, list[str]]
    too_wide: dict[int, list[str]]
    complaints: list[str]


@pytest.fixture(scope="module")
def visit(new_context, server, scene):
    """Look at a page in all its forms, once: `visit(look)`."""
    seen, contexts = {}, {}

    def look_at(look):
        if look.name not in seen:
            # A guest is new each time; members keep their browser.
            context = contexts.get(look.who) if look.who != "guest" else None
            contexts[look.who] = context = context or new_context(who=look.who)
            page = context.new_page()
            seen[look.name] = _examine(page, look, server, scene)
            page.close()
            if look.who == "guest":
                context.close()
        return seen[look.name]

    yield look_at
    for who, context in contexts.items():
        if who != "guest":
            context.close()


def _examine(page, look, server, scene):
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
    answer = look.step(page, look.path.format(**scene["posts"]), server=server, scene=scene)
    page.wait_for_load_state("load")
    html = answer.text()
    page.evaluate(AXE_SCRIPT)
    findings, too_wide = {}, {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        too_wide[width] = page.evaluate(SIDEWAYS)
        for theme, rules in THEMES.items():
            if theme == "dark" and width != WIDTHS[0]:
                continue  # colours do not change with the width
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            found = page.evaluate(RUN, rules)
            # What an open menu covers is too small a target until it is closed, which a tap anywhere does.
            findings[f"{theme} {width}"] = [one for one in found if not (look.covers and "partially obscured" in one)]
    page.set_viewport_size({"width": NARROW, "height": 900})
    too_wide[NARROW] = page.evaluate(SIDEWAYS)
    return Visit(answer.status, html, findings, too_wide, complaints)


# What is asked of one look is asked by one process: it opens the page once.
everywhere = pytest.mark.parametrize(
    "look", [pytest.param(look, marks=pytest.mark.xdist_group(look.name), id=look.name) for look in LOOKS]
)


@everywhere
def test_a_page_answers_as_it_should(visit, look):
    seen = visit(look)

    assert (seen.status, seen.complaints) == (look.status, [])


@everywhere
def test_axe_finds_nothing(visit, look):
    seen = visit(look)

    assert {form: found for form, found in seen.findings.items() if found} == {}


@everywhere
def test_the_html_is_valid(visit, look):
    seen = visit(look)

    assert faults_of(seen.html) == []


@everywhere
def test_a_page_names_its_one_address_or_stays_out_of_search(visit, look, server):
    seen = visit(look)

    is_named = f'<link rel="canonical" href="{server.url}/' in seen.html
    assert is_named or re.search('<meta name="robots" content="noindex', seen.html) or look.status == 500


@everywhere
def test_nothing_scrolls_sideways(visit, look):
    seen = visit(look)

    assert {width: found for width, found in seen.too_wide.items() if found} == {}
