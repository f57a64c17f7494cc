"""No link of the site leads nowhere: everything a guest, a member and a moderator can click answers."""

import http.client
from urllib.parse import quote, urljoin, urlsplit

import pytest

from tests.support.html import links_of, missing_places

DEEPEST = 4
PAGES_MOST = 400
# These answer with a file or end the session that crawls.
LEFT_OUT = ("/media/", "/accounts/logout/", "/accounts/2fa/recovery-codes/download/")


def fetch(server, path, cookies):
    """Return status, text and target of one address."""
    place = urlsplit(server.url)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=30)
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    connection.request(
        "GET", quote(path, safe="/%?=&;+,:@!$'()*~#[]"), headers={"Cookie": cookie, "X-Forwarded-For": "203.0.113.9"}
    )
    answer = connection.getresponse()
    text = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, text, answer.headers.get("Location")


def crawl(server, cookies, start="/"):
    """Follow every internal link and return the text of each page, and what went wrong."""
    seen, broken, waiting = {}, [], [(start, 0, "")]
    queued = {start}
    while waiting and len(seen) < PAGES_MOST:
        path, depth, source = waiting.pop(0)
        status, text, target = fetch(server, path, cookies)
        if status >= 400:
            broken.append(f"{path} on {source} is {status}")
        seen[path] = text
        found = {target} if target else (links_of(text) if depth < DEEPEST and "<html" in text else set())
        for link in sorted(urljoin(server.url + path, link) for link in found):
            inside = link.startswith(server.url + "/")
            next_path = link.removeprefix(server.url).partition("#")[0]
            if inside and next_path not in queued and not next_path.startswith(LEFT_OUT):
                queued.add(next_path)
                waiting.append((next_path, depth + 1, path))
    return seen, broken


@pytest.mark.parametrize("who", ["nobody", "ann", "mo", "ada"])
def test_no_link_is_dead(server, scene, who):
    cookies = {"session": scene["sessions"][who]} if who in scene["sessions"] else {}

    seen, broken = crawl(server, cookies)

    pages = {path: text for path, text in seen.items() if "<html" in text}
    assert broken == []
    assert [(path, places) for path, text in pages.items() if (places := missing_places(text))] == []
    assert len(seen) > 50
