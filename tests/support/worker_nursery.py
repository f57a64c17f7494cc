"""Fork a worker of the name that each line says, and say which process: `python -m tests.support.worker_nursery`.

Loading the site takes seconds; a process that is forked has it loaded, and dies by SIGKILL like any other.
"""

import os
import signal
import sys

import django
from django.core.management import call_command


def main():
    """Fork until there are no more lines."""
    django.setup()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    for line in iter(sys.stdin.readline, ""):
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            try:
                call_command("work", worker_id=line.strip())
            finally:
                os._exit(0)
        print(pid, flush=True)


if __name__ == "__main__":
    main()
