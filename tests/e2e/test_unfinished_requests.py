"""Whoever sends a form and never ends it keeps nobody from reading."""

import socket
import time
import urllib.request
from contextlib import ExitStack
from statistics import median
from urllib.parse import urlsplit

FORM = (
    "POST /preview/ HTTP/1.1\r\nHost: {}\r\nX-Forwarded-For: {}\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nx"
)
# Other tests use the machine at the same time; held up, a page took for as long as the forms were held: 46 s and more.
OF_A_BUSY_MACHINE = 2.0


def test_two_hundred_unfinished_forms_from_four_addresses_hold_up_no_page(server):
    place = urlsplit(server.url)
    usual = median(seconds(server.url) for _ in range(10))

    with ExitStack() as held:
        for number in range(200):
            form = held.enter_context(socket.create_connection((place.hostname, place.port)))
            form.sendall(FORM.format(place.netloc, f"198.51.100.{number % 4}").encode())
        meanwhile = median(seconds(server.url) for _ in range(10))

    assert meanwhile < 2 * usual + OF_A_BUSY_MACHINE


def seconds(url):
    begun = time.monotonic()
    with urllib.request.urlopen(url + "/questions/", timeout=60) as answer:
        answer.read()
    return time.monotonic() - begun
