"""What people were told, in a form that a test compares; and what makes them be told."""

from forum.actions import suggesting
from forum.choices import FollowMode
from forum.effects import events
from forum.models import Follow, Notification


def told(**about):
    """Return what stands, in order: who, of which kind, in which line (none: by mail alone), by which mail."""
    rows = Notification.objects.standing().filter(**about).select_related("recipient", "bundle")
    return sorted(
        (row.recipient.username, row.kind, row.bundle.subject if row.bundle else "", row.mail_channel) for row in rows
    )


def follow(member, mode=FollowMode.DAILY, **thing):
    """Let `member` follow a thing in this mode, also one they follow already: `follow(newt, question=question)`."""
    return Follow.objects.update_or_create(member=member, **thing, defaults={"mode": mode})[0]


def mention(post, member):
    """Let `post` mention `member`, as saving it does."""
    return events.record("member.mentioned", actor=post.author, post=post, member=member)


def suggest(person, post, body="I wake at five each night."):
    """Let `person` suggest another text."""
    return suggesting.suggest_edit(person, post, body=body, reason="Clearer")
