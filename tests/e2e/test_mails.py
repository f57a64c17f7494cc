"""Every sort of mail, opened as a file: axe finds nothing, light and dark, and nothing is fetched or scrolls sideways."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.e2e.test_every_page import EVERY_RULE, NARROW, RUN, SIDEWAYS, WIDTHS

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["about", "digest", "confirm", "followed", "account"])
def test_a_mail_can_be_read_by_everybody(name, theme, new_context, scene, tmp_path):
    file = tmp_path / f"{name}.html"
    file.write_text(scene["mails"]["html"][name], encoding="utf-8")
    context = new_context(dark=theme == "dark")
    page = context.new_page()
    fetched = []
    page.on("request", lambda request: fetched.append(request.url))

    page.goto(file.as_uri())
    page.evaluate(AXE_SCRIPT)
    findings, too_wide = {}, {}
    for width in (NARROW, *WIDTHS):
        page.set_viewport_size({"width": width, "height": 900})
        findings[width], too_wide[width] = page.evaluate(RUN, EVERY_RULE), page.evaluate(SIDEWAYS)
    context.close()

    assert {width: found for width, found in findings.items() if found} == {}
    assert {width: found for width, found in too_wide.items() if found} == {}
    assert fetched == [file.as_uri()]
