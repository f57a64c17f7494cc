"""Do once, and now, what the chores of every night do."""

from typing import Any

from django.core.management.base import BaseCommand

from forum.actions import reindexing, reversing, tidying
from forum.jobs import chores


class Command(BaseCommand):
    """Erase accounts closed 14 days ago, forget what has had its time, take back votes that belong together."""

    help = "The worker does this every night; running it twice does no harm."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tidy, and say what went."""
        done = {
            **chores.clean_up(),
            "finished jobs": tidying.forget_finished_jobs(),
            "old view counts": tidying.forget_old_views(),
            "members’ votes undone": reversing.reverse_vote_rings(),
            "posts whose words were learned": reindexing.learn_words(),
            "totals checked": tidying.publish_points(),
        }
        tidying.renew_statistics()
        if options["verbosity"]:
            self.stdout.write(chores.in_words(done))
