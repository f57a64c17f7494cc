"""Who is told of an event for what is theirs, of which kind: one function for each verb that concerns anybody."""

from collections.abc import Callable

from accounts.choices import Role
from accounts.models import User
from forum.choices import NotificationKind, PostKind, PostStatus
from forum.models import Event, Message, Post, Suggestion

Kinds = dict[int, NotificationKind]
_K = NotificationKind

# What brings a post, and is told once others can see it.
NEW_POSTS = ("question.asked", "answer.posted", "comment.added")
# What brings a question to followers of a tag or a topic that it was given later.
FILED = "question.filed"
POSTING = (*NEW_POSTS, FILED, "member.mentioned")
# What every moderator is told at once.
ALARM = "case.urgent"
MODERATORS = tuple(role for role in Role if role not in {Role.MEMBER, Role.HELPER})
# A team's own acts are told by the team, whoever blocks whom.
_BY_TEAM = ("question.closed", "question.reopened", "message.sent")


def theirs(event: Event) -> Kinds:
    """Return whom `event` concerns in person, and how; never whoever did it.

    Load the event's post with its parent and its question. Who has several reasons has the most personal one.
    """
    told = MAKERS[event.verb](event)
    own = actors(event)
    return {member_id: kind for member_id, kind in told.items() if member_id not in own}


def concerns(event: Event, post: Post | None) -> bool:
    """Say, without a query, whether anybody may have to be told of `event`."""
    if event.verb == "post.edited" and post is not None:
        return post.author_id is not None and post.author_id != event.actor_id
    return event.verb in MAKERS


def actors(event: Event) -> set[int]:
    """Return whose own act it was; the author of a new post, whoever held the account when it was posted."""
    found = {event.actor_id}
    if event.verb in {*NEW_POSTS, FILED} and event.post is not None:
        found.add(event.post.author_id)
    return {member_id for member_id in found if member_id is not None}


def named_actor(event: Event) -> int | None:
    """Return who did it under their name, whom others may have blocked; None where nobody is named, or the team acts.

    Nobody is missing from what happens anonymously: that would tell who it was.
    """
    post, actor = event.post, event.actor
    if event.verb in _BY_TEAM:
        return None
    if event.verb in {*NEW_POSTS, FILED} and post is not None:
        return None if post.is_anonymous else post.author_id
    if actor is None or post is None:
        return None
    if event.verb == "answer.accepted":
        return None if post.question is None or post.question.is_anonymous else actor.pk
    if event.verb != "member.mentioned" and actor.is_moderator:
        return None
    # A hand that helps an anonymous author is not named either; whoever suggests is, to those who decide.
    return None if post.is_anonymous and event.verb != "edit.suggested" else actor.pk


def is_public(post: Post) -> bool:
    """Say whether every member can read `post`; load its question and its parent."""
    above = (post.question, post.parent)
    return post.is_published and all(each is None or each.status == PostStatus.PUBLISHED for each in above)


def _posted(event: Event) -> Kinds:
    """Whose question was answered, or whose post was commented on and who had commented there before."""
    post = event.post
    if post is None or post.is_question:
        return {}
    if post.is_answer:
        return _of(post.question, _K.ANSWERED)
    earlier = Post.objects.filter(parent=post.parent_id, kind=PostKind.COMMENT, status=PostStatus.PUBLISHED)
    before = earlier.filter(pk__lt=post.pk).exclude(author=None).order_by("author").values_list("author", flat=True)
    return {**dict.fromkeys(before.distinct(), _K.REPLIED), **_of(post.parent, _K.COMMENTED)}


def _mentioned(event: Event) -> Kinds:
    return {event.member_id: _K.MENTIONED} if event.member_id is not None else {}


def _accepted(event: Event) -> Kinds:
    return _of(event.post, _K.ACCEPTED)


def _voted(event: Event) -> Kinds:
    return _of(event.post, _K.VOTED)


def _edited(event: Event) -> Kinds:
    """Whose post somebody else has changed; not when they took a suggestion themself, nor twice for one text."""
    number = event.data.get("revision")
    if event.actor_id is None and event.guest_id is None:
        return {}
    taken = Suggestion.objects.approved().filter(post=event.post_id, revision__number=number, decided_by=None)
    return {} if taken.exists() or _is_again(event, "revision") else _of(event.post, _K.EDITED)


def _suggested(event: Event) -> Kinds:
    """Whose post somebody would change; another text by the same person takes the place of the first."""
    return {} if _is_again(event, "suggestion") else _of(event.post, _K.SUGGESTED)


def _decided(event: Event) -> Kinds:
    suggestion = Suggestion.objects.filter(pk=event.data.get("suggestion", 0)).first()
    return {suggestion.member_id: _K.DECIDED} if suggestion is not None and suggestion.member_id is not None else {}


def _closed(event: Event) -> Kinds:
    return _of(event.post, _K.CLOSED)


def _reopened(event: Event) -> Kinds:
    return _of(event.post, _K.REOPENED)


def _written_to(event: Event) -> Kinds:
    message = Message.objects.filter(pk=event.data["message"], withdrawn_at=None).select_related("conversation").first()
    return {message.conversation.member_id: NotificationKind(event.data["kind"])} if message is not None else {}


def _reached(event: Event) -> Kinds:
    return {event.member_id: _K.POINTS} if event.member_id is not None else {}


def _reminded(event: Event) -> Kinds:
    return {event.member_id: _K.REMINDED} if event.member_id is not None else {}


def _is_again(event: Event, name: str) -> bool:
    """Say whether an earlier event of this kind about the post was about the same thing."""
    before = Event.objects.filter(post=event.post_id, verb=event.verb, pk__lt=event.pk).values_list("data", flat=True)
    return event.data.get(name) in {data.get(name) for data in before}


def _of(post: Post | None, kind: NotificationKind) -> Kinds:
    return {post.author_id: kind} if post is not None and post.author_id is not None else {}


def _in_danger(event: Event) -> Kinds:
    """Every moderator, whoever wrote the post and whoever reported it."""
    team = User.objects.open().filter(role__in=MODERATORS, is_active=True)
    return dict.fromkeys(team.values_list("pk", flat=True), _K.URGENT)


MAKERS: dict[str, Callable[[Event], Kinds]] = {
    "question.asked": _posted,
    FILED: _posted,
    "answer.posted": _posted,
    "comment.added": _posted,
    "member.mentioned": _mentioned,
    "answer.accepted": _accepted,
    "post.milestone": _voted,
    "post.edited": _edited,
    "edit.suggested": _suggested,
    "edit.approved": _decided,
    "edit.rejected": _decided,
    "question.closed": _closed,
    "question.reopened": _reopened,
    "message.sent": _written_to,
    "points.reached": _reached,
    "bookmark.due": _reminded,
    ALARM: _in_danger,
}
# After these something that was told stands no longer, or stands again.
UNMAKERS = frozenset({"answer.unaccepted", "edit.withdrawn", "edit.reopened"})
# The author of a post is told of these by a kind of their own, so a message about the same is no second line.
TOLD_BY_KIND = frozenset(
    {"question.closed", "question.reopened", "question.retagged", "post.edited_by_team", "post.rolled_back"}
)
