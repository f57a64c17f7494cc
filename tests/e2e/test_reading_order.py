"""What a screen reader is given: landmarks, headings that step down by one, a name on every control."""

import itertools

import pytest

PAGES = {"ask": "/ask/", "answer": "{main[path]}", "inbox": "/inbox/", "help": "/help/"}
LANDMARKS = {"banner", "main", "contentinfo", "navigation", "search", "complementary", "form", "region"}
CONTROLS = {"button", "link", "textbox", "searchbox", "combobox", "checkbox", "radio", "switch", "slider"}


def tree_of(page):
    """Return role, name and level of what is read, in its order."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    read = []
    for node in nodes:
        if node.get("ignored"):
            continue
        level = next((one["value"]["value"] for one in node.get("properties", []) if one["name"] == "level"), None)
        read.append((node["role"]["value"], node.get("name", {}).get("value", "").strip(), level))
    return read


@pytest.mark.parametrize("name", PAGES)
def test_a_page_reads_in_order(new_page, scene, name):
    page = new_page(who="ann")
    page.goto(PAGES[name].format(**scene["posts"]))

    read = tree_of(page)

    roles = [role for role, _, _ in read]
    assert [role for role in ("banner", "main", "contentinfo") if roles.count(role) != 1] == []
    assert roles.index("banner") < roles.index("main") < roles.index("contentinfo")
    levels = [level for role, _, level in read if role == "heading" and level]
    assert levels.count(1) == 1
    assert [pair for pair in itertools.pairwise(levels) if pair[1] > pair[0] + 1 and pair[0] >= 1] == []
    assert [(role, words) for role, words, _ in read if role in CONTROLS and not words] == []
