"""The reasons an owner offers to who reports and who closes, and the library of replies."""

from forum.models import CloseReason, FlagReason, Reply


def flag_reasons(*, on_member: bool = False) -> list[FlagReason]:
    """Return what may be wrong with a post, or with a member, in the owner's order."""
    offered = FlagReason.objects.filter(is_active=True)
    fitting = offered.filter(for_members=True) if on_member else offered.filter(for_posts=True)
    return list(fitting.order_by("position", "urgency", "key"))


def close_reasons() -> list[CloseReason]:
    """Return why a question may be closed, in the owner's order."""
    return list(CloseReason.objects.filter(is_active=True).order_by("position", "key"))


def get_reply_text(key: str) -> str:
    """Return the text of the library called `key`; empty when there is none."""
    return Reply.objects.filter(is_active=True, key=key[:32]).values_list("text", flat=True).first() or ""


def replies(kind: str = "") -> list[Reply]:
    """Return the library of kind messages, of one kind or all, in the owner's order."""
    offered = Reply.objects.filter(is_active=True, **({"kind": kind} if kind else {}))
    return list(offered.order_by("position", "title"))
