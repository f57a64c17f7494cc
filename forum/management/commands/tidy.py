"""Do what a site needs done once a day."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from accounts.members import finish_closing, forget_unconfirmed
from forum.actions import reindexing, reversing, tidying


class Command(BaseCommand):
    """Erase accounts closed 14 days ago, forget what has had its time, take back votes that belong together."""

    help = "Run it once a day; twice is once."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tidy, and say what went."""
        done = {
            "closed accounts erased": finish_closing(),
            "sign-ups never confirmed": forget_unconfirmed(),
            "old drafts": tidying.forget_old_drafts(),
            "spent limits": tidying.forget_spent_limits(),
            "old traces": tidying.forget_old_traces(),
            "pictures of titles": tidying.forget_share_pictures(),
            "old mails": tidying.forget_old_mails(),
            "old days of views": tidying.forget_old_views(),
            "members’ votes taken back": reversing.reverse_vote_rings(),
            "posts whose words were learnt": reindexing.learn_words(),
            "totals looked at": tidying.publish_points(),
        }
        tidying.renew_statistics()
        call_command("clearsessions")
        if options["verbosity"]:
            self.stdout.write(", ".join(f"{count} {what}" for what, count in done.items()) + ".")
