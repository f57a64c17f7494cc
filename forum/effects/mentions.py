"""Know whom a text names: link them, keep who they are, and tell each of them once."""

from collections.abc import Sequence

from accounts.models import User
from accounts.names import name_key
from forum import mentions, permissions, rules
from forum.effects import events
from forum.models import MemberBlock, Mention, Person, Post, Preferences


def find_names(posts: Sequence[Post]) -> list[mentions.Names]:
    """Return for each of `posts` whom the names in its text may mean; no query where nothing stands behind an @.

    Whom a saved post has named once it means for good, whoever has taken that name since; a closed account is nobody.
    """
    wanted = [mentions.keys_in(post.body) for post in posts]
    keys = frozenset[str]().union(*wanted)
    if not keys:
        return [{} for _ in posts]
    members = User.objects.open().filter(name_key__in=keys).values_list("name_key", "username")
    known: dict[str, mentions.Called | None] = {key: mentions.called(name) for key, name in members}
    meant: dict[int, dict[str, mentions.Called | None]] = {}
    rows = Mention.objects.filter(post__in=[post.pk for post in posts if post.pk])
    for post_id, name, since, closed_at in rows.values_list("post", "name", "member__username", "member__closed_at"):
        called = mentions.called(name, since) if closed_at is None else None
        meant.setdefault(post_id, {})[name_key(name)] = called
    both = ((keys, known | meant.get(post.pk, {})) for keys, post in zip(wanted, posts, strict=True))
    return [{key: called for key in keys if (called := names.get(key))} for keys, names in both]


def follow_text(post: Post, actor: Person | None) -> None:
    """Keep whom the saved text of `post` names, and tell those whom `actor` has named in it for the first time.

    Without an actor nobody is told, now or later. Lock the thread first.
    """
    linked = mentions.linked_in(post.body_html)
    if not linked:
        return
    members = {member.name_key: member for member in User.objects.open().filter(name_key__in=linked)}
    rows = {row.member_id: row for row in Mention.objects.filter(post=post.pk)}
    new = [
        Mention(post_id=post.pk, member=members[key], name=members[key].username)
        for key in linked
        if key in members and members[key].pk not in rows
    ]
    Mention.objects.bulk_create(new)
    rows |= {row.member_id: row for row in Mention.objects.filter(post=post.pk, member__in=[one.member for one in new])}
    spoken_to = [members[key] for key, is_outside in linked.items() if is_outside and key in members]
    _settle(post, actor, [member for member in spoken_to if not rows[member.pk].is_settled], len(rows))


def _settle(post: Post, actor: Person | None, named: list[User], total: int) -> None:
    """Tell those of the `named` who want to know, up to the most of one post, and none of them again."""
    if not named:
        return
    if actor is not None:
        now = rules.current()
        most = now.newcomer_mentions_most if permissions.needs_check(actor, now) else now.mentions_most
        settled = Mention.objects.filter(post=post.pk, is_settled=True).count() if total > len(named) else 0
        named = named[: max(most - settled, 0)]
    Mention.objects.filter(post=post.pk, member__in=named).update(is_settled=True)
    if actor is None:
        return
    deaf = _deaf(post, actor, named)
    for member in named:
        if member.pk not in deaf:
            events.record("member.mentioned", actor=actor, post=post, member=member)


def _deaf(post: Post, actor: Person, named: list[User]) -> set[int]:
    """Return who is not told: whoever writes, who wants no mentions, and who has blocked the one they see writing.

    A block does not hold where no name stands on the post: somebody who is named and not told would know who wrote it.
    """
    deaf = set(Preferences.objects.filter(member__in=named, takes_mentions=False).values_list("member_id", flat=True))
    if isinstance(actor, User):
        deaf.add(actor.pk)
        if not post.is_anonymous:
            blocks = MemberBlock.objects.filter(member__in=named, blocked=actor)
            deaf.update(blocks.values_list("member_id", flat=True))
    if post.author_id is not None:
        deaf.add(post.author_id)
    return deaf
