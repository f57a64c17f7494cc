"""Views are counted by every process of a real server, and survive its end."""

import re
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from tests.support.server import running_server

READERS = 40
LOOK = (
    "from forum.models import DailyViews, Post; "
    "print(*Post.objects.filter(pk={pk}).values_list('view_count', flat=True), "
    "*DailyViews.objects.filter(question={pk}).values_list('count', flat=True))"
)


def test_what_several_processes_counted_is_written_when_the_server_stops():
    with running_server(WORKERS="3") as server:
        listed = re.search(r'href="(/(\d+)/[^"#/]+/)"', fetch(server.url + "/questions/"))
        look = ("shell", "--verbosity", "0", "--command", LOOK.format(pk=listed[2]))
        before = int(server.manage(*look).split()[0])

        with ThreadPoolExecutor(8) as readers:
            list(readers.map(lambda number: fetch(server.url + listed[1], f"Reader {number}"), range(READERS)))
        server.stop()

        assert server.manage(*look) == f"{before + READERS} {READERS}\n"


def fetch(url, reader="A reader"):
    request = urllib.request.Request(url, headers={"User-Agent": reader})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read().decode()
