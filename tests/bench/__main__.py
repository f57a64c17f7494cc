"""Measure every page on a site of its own: `python -m tests.bench`; DATABASE_URL names a PostgreSQL server to use."""

import os
import subprocess
import sys
import tempfile

# A laptop's settings, whatever the developer's own site has; DATABASE_URL alone is taken over.
LAPTOP = dict.fromkeys(("ALLOWED_HOSTS", "DEBUG", "EMAIL_URL", "REDIS_URL", "SITE_URL", "TRUSTED_PROXIES"), "")


def main() -> int:
    """Run the measuring in a process that knows only a temporary data folder."""
    with tempfile.TemporaryDirectory(prefix="forum-bench-") as folder:
        environment = {
            **os.environ,
            **LAPTOP,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "FORUM_DATA": folder,
            "LOG_LEVEL": "ERROR",
        }
        return subprocess.run([sys.executable, "-m", "tests.bench.pages"], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
