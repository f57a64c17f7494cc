"""Reads a request's body before one of the few threads is taken, for applications that know WSGI alone.

A WSGI server that hands the body on as it comes keeps a thread for as long as somebody takes to send it: four
unfinished bodies stopped two processes of two threads. Here they wait in the event loop, which holds thousands.
"""

import asyncio
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from granian.rsgi import HTTPProtocol, Scope  # type: ignore[attr-defined]  # it means to hand both on

from forum.views.requests import Hops, most_bytes, visitor_address

MEGABYTE = 1_000_000
SECONDS_A_MEGABYTE = 30.0  # for the first, and again for each that has arrived: a picture comes through a slow line
UNFINISHED_MOST = 1000  # bodies that one process waits for
UNFINISHED_MOST_OF_ONE = 64  # … of one visitor's address
_IN_MEMORY = 64 * 1024  # the rest of an unfinished body is in a file, so that a thousand are no burden
_OWN_NAMES = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}

_SAID = {
    HTTPStatus.BAD_REQUEST: "The request ended too early.\n",
    HTTPStatus.REQUEST_TIMEOUT: "This took too long to arrive. Go back: your text is still there, "
    "and you can send it again.\n",
    HTTPStatus.LENGTH_REQUIRED: "A request with a body must give its length (Content-Length).\n",
    HTTPStatus.TOO_MANY_REQUESTS: "Your network is sending a lot at the moment. Go back: your text is still there, "
    "and you can send it again in a minute.\n",
}

Headers = list[tuple[str, str]]
Environ = dict[str, Any]


class TooManyUnfinishedError(Exception):
    """So many bodies are on their way that no more are waited for."""


class BufferedApplication:
    """A WSGI application in a few threads, each of which begins when the whole request is there."""

    def __init__(
        self,
        application: Callable[..., Iterable[bytes]],
        threads: int,
        seconds_a_megabyte: float = SECONDS_A_MEGABYTE,
    ) -> None:
        self._application = application
        self._seconds = seconds_a_megabyte
        self._threads = ThreadPoolExecutor(threads, "request")
        self._unfinished: Counter[str] = Counter()

    async def __rsgi__(self, scope: Scope, proto: HTTPProtocol) -> None:
        """Answer one request; whoever does not send what they announced holds no thread."""
        try:
            with SpooledTemporaryFile(_IN_MEMORY) as body:
                if await self._is_whole(scope, proto, body):
                    run = asyncio.get_running_loop().run_in_executor
                    await run(self._threads, self._answer, scope, proto, body)
        except TooManyUnfinishedError:
            _refuse(proto, HTTPStatus.TOO_MANY_REQUESTS)
        except TimeoutError:
            _refuse(proto, HTTPStatus.REQUEST_TIMEOUT)

    async def _is_whole(self, scope: Scope, proto: HTTPProtocol, body: IO[bytes]) -> bool:
        """Read what was announced into `body`; otherwise refuse, or leave unread what is refused for its length."""
        announced = scope.headers.get("content-length", "0")
        if "transfer-encoding" in scope.headers:  # Django takes it for no body at all; no browser sends any
            _refuse(proto, HTTPStatus.LENGTH_REQUIRED)
            return False
        if announced == "0" or int(announced) > most_bytes(scope.path):
            return True
        with self._counted(scope):
            read = await _read(proto, body, self._seconds)
        if read != int(announced):  # they have gone, in the middle of it
            _refuse(proto, HTTPStatus.BAD_REQUEST)
            return False
        return True

    @contextmanager
    def _counted(self, scope: Scope) -> Iterator[None]:
        forwarded = scope.headers.get("x-forwarded-for", "")
        visitor = visitor_address(Hops(connected=_host(scope.client), forwarded=forwarded))
        if self._unfinished[visitor] >= UNFINISHED_MOST_OF_ONE or self._unfinished.total() >= UNFINISHED_MOST:
            raise TooManyUnfinishedError
        self._unfinished[visitor] += 1
        try:
            yield
        finally:
            self._unfinished[visitor] -= 1
            if not self._unfinished[visitor]:
                del self._unfinished[visitor]

    def _answer(self, scope: Scope, proto: HTTPProtocol, body: IO[bytes]) -> None:
        """Run the application in a thread; the server sends the answer on, however slowly it is taken."""
        begun: list[tuple[str, Headers]] = []

        def start_response(status: str, headers: Headers, exc_info: Any = None) -> None:
            begun[:] = [(status, headers)]

        parts = self._application(_environ(scope, body), start_response)
        try:
            answer = b"".join(parts)
            status, headers = begun[0]
            proto.response_bytes(int(status[:3]), headers, answer)
        finally:
            if hasattr(parts, "close"):
                parts.close()


async def _read(proto: HTTPProtocol, body: IO[bytes], seconds: float) -> int:
    read = 0
    loop = asyncio.get_running_loop()
    begun_at = loop.time()
    async with asyncio.timeout(seconds) as deadline:
        async for chunk in proto:
            body.write(chunk)
            read += len(chunk)
            deadline.reschedule(begun_at + seconds * (1 + read // MEGABYTE))
    body.seek(0)
    return read


def _environ(scope: Scope, body: IO[bytes]) -> Environ:
    host, _, port = scope.server.rpartition(":")
    environ: Environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": _host(scope.client),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        key = _key(name)
        environ[key] = f"{environ[key]},{value}" if key in environ else value
    # X_Forwarded_For would be read as X-Forwarded-For, past the proxy that sets that one.
    environ.pop("", None)
    return environ


@lru_cache(500)
def _key(name: str) -> str:
    return "" if "_" in name else _OWN_NAMES.get(name) or "HTTP_" + name.upper().replace("-", "_")


def _host(address: str) -> str:
    return address.rpartition(":")[0].strip("[]")


def _refuse(proto: HTTPProtocol, status: HTTPStatus) -> None:
    headers = [("content-type", "text/plain; charset=utf-8"), ("connection", "close"), ("cache-control", "no-store")]
    proto.response_str(status, headers, _SAID[status])
