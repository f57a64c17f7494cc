"""Report posts, and decide what was reported."""

from django.db import transaction

from accounts.models import User
from forum import permissions, rules
from forum.choices import FlagState
from forum.effects import events, flags, log, posts
from forum.models import Flag, Person, Post


@transaction.atomic
def flag_post(reporter: Person, post: Post, *, reason: str, text: str = "") -> Flag:
    """Leave one open flag of `reporter` on `post`; a second one changes nothing."""
    post = posts.lock_thread(post.pk)
    permissions.require(permissions.can_flag(reporter, post, rules.current()))
    flag, is_new = Flag.objects.get_or_create(
        post_id=post.pk,
        reporter=_member(reporter),
        state=FlagState.OPEN,
        defaults={"reason_id": reason, "text": text},
    )
    if is_new:
        events.record("post.flagged", actor=reporter, post=post, data={"reason": reason})
        flags.follow_up(post)
    return flag


@transaction.atomic
def settle_flag(actor: Person, flag: Flag, *, upheld: bool, outcome: str = "") -> Flag:
    """Decide an open flag; one that was decided keeps its decision."""
    permissions.require(permissions.can_moderate(actor, rules.current()))
    flag = _locked(flag)
    if flags.settle([flag], _member(actor), upheld=upheld, outcome=outcome):
        flag.refresh_from_db()
        flags.follow_up(flag.post or flag.member)  # type: ignore[arg-type]  # it is on one of the two
        verb = f"flag.{flag.state}"
        log.append(verb, actor=actor, post=flag.post, member=flag.member, thing=f"flag:{flag.pk}", reason=outcome)
    return flag


@transaction.atomic
def reopen_flag(actor: Person, flag: Flag) -> Flag:
    """Take a decision on a flag back, so that it is open again; an open one stays as it is."""
    permissions.require(permissions.can_moderate(actor, rules.current()))
    flag = _locked(flag)
    before = flag.state
    flags.reopen([flag.pk])
    flag.refresh_from_db()
    if flag.state != before:
        flags.follow_up(flag.post or flag.member)  # type: ignore[arg-type]  # it is on one of the two
        log.append("flag.reopened", actor=actor, post=flag.post, member=flag.member, thing=f"flag:{flag.pk}")
    return flag


def _locked(flag: Flag) -> Flag:
    if flag.post_id is not None:
        posts.lock_thread(flag.post_id)
    return Flag.objects.select_for_update(of=("self",), no_key=True).select_related("post", "member").get(pk=flag.pk)


def _member(actor: Person) -> User:
    assert isinstance(actor, User)  # permissions refuse guests before this is asked
    return actor
