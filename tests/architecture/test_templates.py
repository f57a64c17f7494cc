"""Templates obey the Content-Security-Policy and declare what they take."""

import re

from tests.architecture.sources import ROOT, place, templates

INLINE = re.compile(
    r"""<[a-z][^>]*\sstyle\s*=      # a style attribute
      | <style\b                    # a style element
      | <script(?![^>]*\ssrc\s*=)   # a script without a file
      | <[a-z][^>]*\son[a-z]+\s*=   # an event attribute
      | \bhx-on\b                   # htmx's own inline script
      | javascript:                 # a script as an address
    """,
    re.VERBOSE | re.IGNORECASE,
)


def places(pattern):
    """Return where in the templates the pattern is found."""
    texts = {path: path.read_text(encoding="utf-8") for path in templates()}
    return [
        place(path, text.count("\n", 0, found.start()) + 1)
        for path, text in texts.items()
        for found in pattern.finditer(text)
    ]


def test_no_template_has_inline_style_or_script():
    assert places(INLINE) == []


def test_no_include_drops_the_form_token_and_the_user():
    assert places(re.compile(r"\{%\s*include\b[^%]*\bonly\s*%\}")) == []


def test_every_partial_says_what_it_takes():
    partials = [path for path in templates() if path.parent.name == "partials"]

    silent = [str(path.relative_to(ROOT)) for path in partials if not path.read_text("utf-8").startswith("{# in:")]

    assert silent == []
