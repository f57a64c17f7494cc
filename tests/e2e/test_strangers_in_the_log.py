"""What programs that look for holes send is answered rightly, and is one line of the log each."""

import socket
from urllib.parse import urlsplit

ODD = {
    "bare address": "GET / HTTP/1.1\r\nHost: 203.0.113.9\r\n",
    "unknown host": "GET /wp-login.php HTTP/1.1\r\nHost: evil.example\r\n",
    "host that is none": "GET / HTTP/1.1\r\nHost: a b;c\r\n",
    "broken cookie": "GET / HTTP/1.1\r\nHost: {here}\r\nCookie: session=\xff\xfe; ;;=; messages=x\r\n",
    "broken address": "GET /tag/%ff%fe/ HTTP/1.1\r\nHost: {here}\r\n",
    "broken form": "POST /preview/ HTTP/1.1\r\nHost: {here}\r\nContent-Type: multipart/form-data\r\nContent-Length: 0\r\n",
}
STATUS = [400, 400, 400, 200, 404, 400]


def test_each_is_answered_rightly_and_is_one_line(server):
    before = len(server.log.read_text().splitlines())

    answered = [status_of(server, head) for head in ODD.values()]

    lines = server.log.read_text().splitlines()[before:]
    assert answered == STATUS
    assert [line for line in lines if line.startswith(("Traceback", " "))] == []
    assert len(lines) == len([status for status in STATUS if status != 200])


def status_of(server, head):
    place = urlsplit(server.url)
    text = head.replace("{here}", place.netloc) + "Connection: close\r\n\r\n"
    with socket.create_connection((place.hostname, place.port), timeout=60) as line:
        line.sendall(text.encode("latin-1"))
        return int(line.makefile("rb").readline().split()[1])
