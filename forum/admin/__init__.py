"""The administration: reads everything, changes the forum through actions alone."""

from forum.admin import blocks, ledger, moderation, people, places, posts, replies, site, team_log, watching
from forum.admin.index import panel

__all__ = [
    "blocks",
    "ledger",
    "moderation",
    "panel",
    "people",
    "places",
    "posts",
    "replies",
    "site",
    "team_log",
    "watching",
]
