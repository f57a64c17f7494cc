"""The administration: reads everything, changes the forum through actions alone."""

from forum.admin import ledger, moderation, people, places, posts, site
from forum.admin.index import panel

__all__ = ["ledger", "moderation", "panel", "people", "places", "posts", "site"]
