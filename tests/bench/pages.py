"""What each page costs: queries, milliseconds on the server, bytes over the wire."""

import gzip
import re
import statistics
import sys
import time
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench.site import best_known_member, temporary_site

ROUNDS = 60
MOST_BYTES = 60 * 1024
LOADED = re.compile(r'<link rel="stylesheet" href="([^"]+)"|<script[^>]* src="([^"]+)"')
IMPORTED = re.compile(r"""^\s*(?:import|export)\b[^;]*?["'](\.[^"']+)["']""", re.MULTILINE)
COLUMNS = "{:<14} {:<7} {:>6} {:>7} {:>9} {:>7} {:>8} {:>8} {:>7} {:>8}  {}"


def main() -> int:
    """Print the table; return 1 when a page weighs too much or does not answer 200."""
    with temporary_site() as pages:
        print(f"{connection.vendor}, {ROUNDS} requests a row, in process; weights are compressed (see below)")
        print(
            COLUMNS.format(
                "page", "as", "status", "queries", "median ms", "p95 ms", "cpu ms", "HTML", "gzip", "all", ""
            )
        )
        clients = {who: Client(headers={"host": "127.0.0.1"}) for who in ("guest", "member")}
        clients["member"].force_login(best_known_member())
        pages["list, page 2"] = _older(clients["guest"], "/questions/")
        rows = [
            _row(client, name, who, path)
            for name, path in pages.items()
            for who, client in clients.items()
            # A member has signed in already and is sent elsewhere.
            if (name, who) != ("sign-in", "member")
        ]
    print(
        "HTML: bytes. gzip: the HTML at level 6. all: that and every style sheet and script of the page, as WhiteNoise"
    )
    print(
        "keeps them (brotli). Too heavy: more than 60 KB (61,440 bytes) together. Pictures and fonts are not counted."
    )
    return 0 if all(rows) else 1


def _row(client: Client, name: str, who: str, path: str) -> bool:
    """Print one line of the table; tell whether the page is as it should be."""
    response = client.get(path)
    html = response.content
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    queries = len(captured)  # now: the next request empties the log
    wall, cpu = _times(client, path)
    zipped = len(gzip.compress(html, 6))
    total = zipped + _weight_of_files(html.decode())
    remark = "" if total < MOST_BYTES else "← TOO HEAVY"
    median, p95 = statistics.median(wall), statistics.quantiles(wall, n=20)[-1]
    print(
        COLUMNS.format(
            *(name, who, response.status_code, queries),
            *(f"{median:.1f}", f"{p95:.1f}", f"{statistics.median(cpu):.1f}"),
            *(f"{len(html):,}", f"{zipped:,}", f"{total:,}", remark),
        ),
        flush=True,
    )
    return response.status_code == 200 and not remark


def _times(client: Client, path: str) -> tuple[list[float], list[float]]:
    """Return wall and processor milliseconds of each of many requests; the first few warm up."""
    wall, cpu = [], []
    for number in range(ROUNDS + 5):
        started, worked = time.perf_counter(), time.thread_time()
        client.get(path)
        if number >= 5:
            wall.append((time.perf_counter() - started) * 1000)
            cpu.append((time.thread_time() - worked) * 1000)
    return wall, cpu


def _older(client: Client, path: str) -> str:
    """Return the address of the page behind the first one."""
    found = re.search(r'href="([^"]*older=[^"]+)"', client.get(path).content.decode())
    assert found, "The demo community fills more than one page."
    return urljoin(path, found.group(1).replace("&amp;", "&"))


def _weight_of_files(html: str) -> int:
    """Return the bytes of all style sheets and scripts that a browser without a cache loads for the page."""
    waiting = [sheet or script for sheet, script in LOADED.findall(html)]
    seen: set[str] = set()
    total = 0
    while waiting:
        path = urlsplit(waiting.pop()).path
        if path in seen:
            continue
        seen.add(path)
        file = Path(settings.STATIC_ROOT, path.removeprefix(settings.STATIC_URL))
        small = file.with_name(f"{file.name}.br")
        total += (small if small.exists() else file).stat().st_size
        if file.suffix == ".js":
            waiting += [urljoin(path, name) for name in IMPORTED.findall(file.read_text(encoding="utf-8"))]
    return total


if __name__ == "__main__":
    sys.exit(main())
