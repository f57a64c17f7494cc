"""A mail server on loopback that keeps what it is sent, and is as slow, unwilling and forgetful as a test wants."""

import email
import email.policy
import socketserver
import threading
import time
from contextlib import contextmanager


class MailServer(socketserver.ThreadingTCPServer):
    """Keeps mails in `kept`, as (envelope sender, recipient, message); `answer` decides what becomes of each.

    `answer(recipient, attempt)` returns "" to take the mail, a line such as "451 4.3.0 Later" to refuse the
    recipient, "data 550 5.7.1 No" to refuse the mail itself, "break" to hang up in the middle of the mail, "lose" to
    hang up after taking it, before saying so, or "slow" to take it after a moment.
    """

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Session)
        self.kept, self.attempts, self.lock = [], {}, threading.Lock()
        self.answer = lambda recipient, attempt: ""

    def decide(self, recipient):
        with self.lock:
            self.attempts[recipient] = attempt = self.attempts.get(recipient, 0) + 1
        return self.answer(recipient, attempt)

    @property
    def url(self):
        """What EMAIL_URL says."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def message_ids(self):
        """Return the Message-ID of every mail taken, by recipient."""
        ids = {}
        with self.lock:
            kept = list(self.kept)
        for _sender, recipient, message in kept:
            ids.setdefault(recipient, []).append(message["Message-ID"])
        return ids


class _Session(socketserver.StreamRequestHandler):
    """One conversation, as RFC 5321 has it."""

    def handle(self):
        try:
            self._talk()
        except OSError:
            return  # a client that was killed

    def _talk(self):
        self._say("220 loopback")
        sender, recipient, decided = "", "", ""
        while line := self.rfile.readline().decode("ascii").rstrip("\r\n"):
            verb, _, rest = line.partition(" ")
            match verb.upper():
                case "EHLO" | "HELO" | "RSET" | "NOOP":
                    self._say("250 loopback")
                case "MAIL":
                    sender = _address(rest)
                    self._say("250 ok")
                case "RCPT":
                    recipient = _address(rest)
                    decided = self.server.decide(recipient)
                    self._say(decided if decided[:1].isdigit() else "250 ok")
                case "DATA":
                    if not self._take(sender, recipient, decided):
                        return
                case "QUIT":
                    self._say("221 bye")
                    return
                case _:
                    self._say("502 no")

    def _take(self, sender, recipient, decided):
        self._say("354 go on")
        if decided == "break":
            self.rfile.readline()
            return False
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if decided == "slow":
            time.sleep(0.05)
        if decided.startswith("data "):
            self._say(decided.removeprefix("data "))
            return True
        message = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        with self.server.lock:
            self.server.kept.append((sender, recipient, message))
        if decided == "lose":
            return False
        self._say("250 taken")
        return True

    def _say(self, line):
        self.wfile.write(f"{line}\r\n".encode("ascii"))


@contextmanager
def mail_server():
    """Serve until the block ends."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def _address(rest):
    return rest.partition("<")[2].partition(">")[0]
