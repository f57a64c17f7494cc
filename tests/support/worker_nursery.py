"""Fork a worker for each line that is read, and say which process it is: `python -m tests.support.worker_nursery`.

Loading the site takes seconds; a process that is forked has it loaded, and dies by SIGKILL like any other.
"""

import os
import signal
import sys

import django
from django.core.management import call_command, get_commands


def main():
    """Fork until there are no more lines."""
    django.setup()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    while sys.stdin.readline():
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            try:
                _work()
            finally:
                os._exit(0)
        print(pid, flush=True)


def _work():
    if "work" in get_commands():
        call_command("work", worker_id="killed")
    else:
        call_command("db_worker", queue_name="*", interval=0.05, startup_delay=False, reload=False)


if __name__ == "__main__":
    main()
