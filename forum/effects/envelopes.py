"""What a mail says and carries, before it is put into an envelope."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Letter:
    """The words of one mail; `thread_id` is the question that mail programs group it by, if it is about one.

    `stop_path` is where these mails are stopped, also by one click of a mail program; empty where they cannot be.
    """

    subject: str
    text: str
    html: str
    headers: Mapping[str, str] = field(default_factory=dict)
    thread_id: int | None = None
    stop_path: str = ""
