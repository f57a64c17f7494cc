"""How the tests of this folder use the administration: by its own buttons, and by the Undo of its own messages."""

import html
import re

REASON = "It breaks a guideline."
_UNDO = re.compile(r'name="entries" value="([^"]+)"')


def act(browser, path, name, **fields):
    """Press the button `name` on the page of the thing at `path`, and say why."""
    return browser.post(f"{path}act/{name}/", {"reason": REASON, **fields})


def act_on_several(browser, path, name, things, **fields):
    """Choose `things` in the list at `path`, do `name` with them, and say why."""
    chosen = {"action": name, "_selected_action": [thing.pk for thing in things]}
    return browser.post(path, {**chosen, "confirmed": "1", "reason": REASON, **fields})


def undo_words(page):
    """Return what the Undo buttons of a page send."""
    return [html.unescape(word) for word in _UNDO.findall(page.content.decode())]


def undo_last(browser):
    """Press the Undo of the message that waits for the next page."""
    [word] = undo_words(browser.get("/admin/"))
    return browser.post("/moderation/undo/", {"entries": word, "next": "/admin/"})
