"""A real Redis on a loopback port, which a test stops and starts as it likes."""

import shutil
import socket
import subprocess
import time
from contextlib import contextmanager

import pytest

from tests.support.server import free_port

needs_redis = pytest.mark.skipif(
    shutil.which("redis-server") is None, reason="this machine has no Redis (Debian: apt-get install redis-server)"
)


class Redis:
    """One that keeps nothing."""

    def __init__(self, folder):
        self.port, self._folder, self._process = free_port(), folder, None
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self):
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self._folder)]
        self._process = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while not self._listens():
            assert time.monotonic() < deadline, "Redis did not start."
            time.sleep(0.02)

    def stop(self):
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@contextmanager
def redis(folder):
    server = Redis(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()
