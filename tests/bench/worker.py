"""Do what is due in the database NAME and print for how many seconds and at how many MB: `… tests.bench.worker NAME`.

A process of its own, so that its memory is a worker's and not that of whatever made the site.
"""

import resource
import sys
import time
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection


def main() -> None:
    """Work off the queue."""
    django.setup()
    connection.settings_dict["NAME"] = sys.argv[1]
    started = time.perf_counter()
    call_command("work", once=True)
    print(time.perf_counter() - started, _peak_mb())


def _peak_mb() -> float:
    """Return the highest memory of this program alone; what `resource` says begins with that of its parent."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
