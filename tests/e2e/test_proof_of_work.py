"""The browser's solver, in the browser, against the server's check."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from forum.work import new_challenge, solved_key

SECRET = "a secret of the site"
SOLVER = Path(__file__).parents[2] / "static" / "js" / "work.js"


def test_the_browser_and_the_server_agree(page):
    data = new_challenge(SECRET, difficulty=30, expires=datetime.now(UTC) + timedelta(hours=1))
    solver = SOLVER.read_text(encoding="utf-8").split("function attach")[0]
    page.goto("/")

    payload = page.evaluate(f"async () => {{ {solver}\nreturn solve({json.dumps(data)}); }}")

    assert solved_key(SECRET, payload) == data["signature"]
