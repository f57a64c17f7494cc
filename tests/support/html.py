"""Find what is wrong with a page of HTML: what the parser stumbles over, and what no parser minds."""

from collections import Counter
from itertools import pairwise

import html5lib
from lxml import html

PHRASING_ONLY = {
    "p",
    "span",
    "button",
    "label",
    "a",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "legend",
    "summary",
    "b",
    "em",
}
# An anchor takes what its parent takes; a legend and a summary can have a heading.
NOT_PHRASING = {"div", "p", "ul", "ol", "dl", "table", "section", "article", "form", "fieldset", "header", "aside"}
TAKES_BLOCKS = {"a"}
INTERACTIVE = {"a", "button", "input", "select", "textarea", "summary", "label"}
LISTS = {"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"}, "select": {"option", "optgroup", "hr"}}
SCRIPTING = {"script", "template"}
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list", "form", "headers")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
NEEDS_LABEL = {"input", "select", "textarea"}
NEEDS_NO_LABEL = {"hidden", "submit", "button", "image"}


def faults_of(text):
    """Return every fault of a whole page, one line each; an empty list is a good page."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(text)
    lines = text.splitlines()
    faults = [f"{code} at {place}: {lines[place[0] - 1].strip()[:160]}" for place, code, _ in parser.errors]
    elements = list(root.iter())
    for find in (_ids, _references, _labels, _headings, _inline, _forms, _nesting, _pictures):
        faults += find(elements, root)
    return faults


def tag_of(element):
    """Return the name of an element without its namespace; comments have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def links_of(text):
    """Return the addresses that a page's links lead to."""
    return {address for address in html.document_fromstring(text).xpath("//a/@href") if address}


def missing_places(text):
    """Return the links to places on the same page that are not there."""
    root = html.document_fromstring(text)
    ids = set(root.xpath("//@id"))
    return [link for link in root.xpath("//a/@href") if link.startswith("#") and link[1:] and link[1:] not in ids]


def _ids(elements, root):
    counts = Counter(element.get("id") for element in elements if element.get("id") is not None)
    return [f"id {name!r} stands {count} times" for name, count in counts.items() if count > 1 or not name]


def _references(elements, root):
    ids = {element.get("id") for element in elements}
    return [
        f"{tag_of(element)} {name}={word!r} leads nowhere"
        for element in elements
        for name in REFERENCES
        for word in (element.get(name) or "").split()
        if word not in ids
    ]


def _labels(elements, root):
    named = {element.get("for") for element in elements if tag_of(element) == "label"}
    inside = {id(child) for label in elements if tag_of(label) == "label" for child in label.iter()}
    return [
        f"{tag_of(element)} {element.get('name')!r} has no label"
        for element in elements
        if tag_of(element) in NEEDS_LABEL
        and element.get("type") not in NEEDS_NO_LABEL
        and not (element.get("aria-label") or element.get("aria-labelledby"))
        and element.get("id") not in named
        and id(element) not in inside
    ]


def _headings(elements, root):
    levels = [HEADINGS.index(tag_of(element)) + 1 for element in elements if tag_of(element) in HEADINGS]
    faults = [] if levels.count(1) == 1 else [f"{levels.count(1)} headings of the first level"]
    return faults + [f"h{a} is followed by h{b}" for a, b in pairwise(levels) if b > a + 1]


def _inline(elements, root):
    faults = []
    for element in elements:
        tag = tag_of(element)
        is_data = element.get("type") == "application/ld+json"  # for search engines; browsers run none of it
        if tag == "style" or (tag == "script" and not element.get("src") and not is_data):
            faults.append(f"{tag} is inline")
        for name, value in element.attrib.items():
            if str(name).startswith("on") or name == "style" or value.strip().lower().startswith("javascript:"):
                faults.append(f"{tag} has {name}={value[:40]!r}")
    return faults


def _forms(elements, root):
    posts = [form for form in elements if tag_of(form) == "form" and (form.get("method") or "").lower() == "post"]
    return [
        f"the form of {form.get('action')!r} has no token"
        for form in posts
        if not any(field.get("name") == "csrfmiddlewaretoken" for field in form.iter("input"))
    ]


def _nesting(elements, root):
    faults = []
    for element in elements:
        tag = tag_of(element)
        children = {tag_of(child) for child in element} - {""}
        if tag in LISTS and children - LISTS[tag] - SCRIPTING:
            faults.append(f"{tag} holds {sorted(children - LISTS[tag] - SCRIPTING)}")
        below = {tag_of(child) for child in element.iter() if child is not element} - {""}
        if tag in PHRASING_ONLY - TAKES_BLOCKS and below & NOT_PHRASING:
            faults.append(f"{tag} {element.get('class')!r} holds {sorted(below & NOT_PHRASING)}")
        if tag in {"a", "button"} and below & INTERACTIVE:
            faults.append(f"{tag} holds {sorted(below & INTERACTIVE)}")
    return faults


def _pictures(elements, root):
    return [
        f"img {element.get('src')!r} has no alt"
        for element in elements
        if tag_of(element) == "img" and element.get("alt") is None
    ]
