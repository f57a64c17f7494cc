"""The administration: reads everything, changes the forum through actions alone."""

from forum.admin import (
    blocks,
    cases,
    jobs,
    ledger,
    mails,
    moderation,
    people,
    places,
    posts,
    reasons,
    replies,
    sanctions,
    site,
    tags,
    team_log,
    topics,
    watching,
)
from forum.admin.index import panel

__all__ = [
    "blocks",
    "cases",
    "jobs",
    "ledger",
    "mails",
    "moderation",
    "panel",
    "people",
    "places",
    "posts",
    "reasons",
    "replies",
    "sanctions",
    "site",
    "tags",
    "team_log",
    "topics",
    "watching",
]
