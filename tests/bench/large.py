"""What searches, lists, feeds and the sitemap cost on a large site: queries and milliseconds, page and all."""

import itertools
import os
import statistics
import sys
import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench.cases import Case, every_case
from tests.bench.site import best_known_member, large_site

REQUESTS = 60  # a row, over all its addresses
COLUMNS = "{:<32} {:>9} {:>7} {:>8} {:>8} {:>8} {:>8} {:>7}  {}"


def main() -> int:
    """Print the table; return 1 when something does not answer 200 or takes longer than was promised."""
    size = int(os.environ["SCALE"])
    with large_site(size):
        print(
            f"\n{connection.vendor}, {size:,} generated questions, {REQUESTS} requests a row, in process, page and all"
        )
        print(COLUMNS.format("what", "addresses", "queries", "median", "p95", "slowest", "cpu p95", "wanted", ""))
        guest, member = (Client(headers={"host": "127.0.0.1"}) for _ in range(2))
        member.force_login(best_known_member())
        rows = [_row(member if case.is_members else guest, case) for case in every_case()]
    print(
        "Milliseconds; what is wanted is the p95. cpu: of this process, so without PostgreSQL's part. Queries: the most that one of the addresses asked."
    )
    return 0 if all(rows) else 1


def _row(client: Client, case: Case) -> bool:
    """Print one line of the table; tell whether everything is as it should be."""
    queries, failed = 0, ""
    for path in case.paths:  # warms up, too
        with CaptureQueriesContext(connection) as captured:
            response = client.get(path)
        queries = max(queries, len(captured))
        if response.status_code != 200:
            failed = f"{response.status_code} {path}"
    times, cpu = [], []
    for path in itertools.islice(itertools.cycle(case.paths), max(REQUESTS, len(case.paths))):
        started, worked = time.perf_counter(), time.thread_time()
        client.get(path)
        cpu.append((time.thread_time() - worked) * 1000)
        times.append(((time.perf_counter() - started) * 1000, path))
    p95 = _p95([milliseconds for milliseconds, _ in times])
    slowest, where = max(times)
    is_late = case.most_ms is not None and p95 > case.most_ms
    remark = failed or (f"← TOO SLOW: {where}" if is_late else "")
    print(
        COLUMNS.format(
            *(case.name, len(case.paths), queries),
            *(f"{statistics.median(milliseconds for milliseconds, _ in times):.1f}", f"{p95:.1f}", f"{slowest:.1f}"),
            *(f"{_p95(cpu):.1f}", f"{case.most_ms:.0f}" if case.most_ms else "", remark),
        ),
        flush=True,
    )
    return not remark


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


if __name__ == "__main__":
    sys.exit(main())
