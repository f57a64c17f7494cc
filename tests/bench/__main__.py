"""Measure a site of its own: `python -m tests.bench`; DATABASE_URL names a PostgreSQL server to use.

`python -m tests.bench stress` has many write at once instead (`make stress`).
SCALE=100000 measures searches, lists and feeds too, on a site with that many generated questions. BENCH_DATA names a
folder that keeps it for the next time (on PostgreSQL the server keeps it, as the database `forum_bench`).
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

# A laptop's settings, whatever the developer's own site has; DATABASE_URL alone is taken over.
LAPTOP = dict.fromkeys(("ALLOWED_HOSTS", "DEBUG", "EMAIL_URL", "REDIS_URL", "SITE_URL", "TRUSTED_PROXIES"), "")


def main() -> int:
    """Run each measuring in a process that knows only a data folder of its own."""
    if sys.argv[1:] == ["stress"]:
        return _measure("tests.bench.stress")
    codes = [_measure("tests.bench.pages"), _measure("tests.bench.telling"), _measure("tests.bench.markdown")]
    if os.environ.get("SCALE"):
        codes += [_measure("tests.bench.fuzz"), _measure("tests.bench.large", kept_in=os.environ.get("BENCH_DATA", ""))]
    return max(codes)


def _measure(module: str, *, kept_in: str = "") -> int:
    with tempfile.TemporaryDirectory(prefix="forum-bench-") as folder:
        if kept_in:
            Path(kept_in).mkdir(parents=True, exist_ok=True)
        environment = {
            **os.environ,
            **LAPTOP,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "FORUM_DATA": kept_in or folder,
            "BENCH_DATA": kept_in,
            "LOG_LEVEL": "ERROR",
        }
        return subprocess.run([sys.executable, "-m", module], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
