"""A site with one of everything: `python -m tests.support.scene` fills a seeded forum and says, as JSON, what is where."""

import json
import sys
import time
from datetime import timedelta
from importlib import import_module
from typing import Any

import django
from django.conf import settings

# Commands of the tests reach this module before Django is set up, and tests after that.
django.setup()

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes  # noqa: E402
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from accounts.choices import Role  # noqa: E402
from forum import tokens  # noqa: E402
from forum.actions import (  # noqa: E402
    appealing,
    bookmarking,
    closing,
    describing,
    drafting,
    editing,
    flagging,
    following,
    member_blocks,
    messaging,
    moderating,
    sanctioning,
    suggesting,
    synonyms,
    voting,
)
from forum.choices import Direction, DraftKind  # noqa: E402
from forum.models import Category, ContentNote, LogEntry, Tag  # noqa: E402
from forum.permissions import APPEALABLE  # noqa: E402
from forum.views import errors  # noqa: E402
from tests.factories import make_answer, make_comment, make_guest, make_member, make_question  # noqa: E402
from tests.support.inboxes import make_line  # noqa: E402
from tests.support.scene_mails import mails_of  # noqa: E402

PASSWORD = "long gentle river"
LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung" * 3
RICH_BODY = f"""I wake at four, and then I lie there. **Every** night, *really*.

## What I tried

1. Warm milk
2. A book

- no phone
- no wine

> Somebody told me to count sheep.

| Night | Hours | What I wrote down in the morning before I got up and made coffee |
|-------|------:|------|
| one   | 4     | {LONG_WORD} |

```
a line of code that is far too long for a telephone and must not push the page sideways at any width at all
```

See https://example.org/{LONG_WORD} and `code`.
"""


@transaction.atomic
def build() -> dict[str, Any]:
    """Fill the site and return what tests need to know of it.

    In one transaction, and without the jobs that it begins: the server's worker would tell Ann of the same answers
    that her lines tell of, now before them, now after.
    """
    people = _people()
    posts = _posts(people)
    mails = mails_of(people, posts)
    DBTaskResult.objects.ready().delete()
    return {
        "sessions": {name: session_of(member) for name, member in people.items()},
        "guests": {"author": tokens.guest_token(posts.pop("guest"))},
        "names": {name: member.username for name, member in people.items()},
        "posts": {name: {"id": post.pk, "path": _path(post), "act": _act_on(post)} for name, post in posts.items()}
        | _tags(people)
        | {"mail": mails["tokens"]},
        "mails": mails,
        "server_error": errors.server_error(RequestFactory().get("/")).content.decode(),
    }


def session_of(member: Any) -> str:
    """Sign `member` in and return the key of the session."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    # allauth asks for the password again before what matters, unless it was given a moment ago.
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "username": member.username}]
    session.create()
    return str(session.session_key)


def _path(post: Any) -> str:
    if post.is_question:
        return str(post.get_absolute_url())
    return f"{(post.question or post).get_absolute_url()}#{'a' if post.is_answer else 'c'}{post.pk}"


def _people() -> dict[str, Any]:
    people = {
        "ann": make_member("Ann Rivers", points=500, about="I ask, and sometimes I answer."),
        "bob": make_member("Bob Stone", points=2_500),
        "newt": make_member("Newt", points=100),
        "mo": make_member("Mo Keeper", points=300, role=Role.MODERATOR),
        "ada": make_member("Ada Owner", points=300, role=Role.OWNER),
        "empty": make_member("Nobody Yet", points=0, email="empty.pockets@example.org"),
        "sorry": make_member("Sorry Sam", points=100),
        "two": make_member("Two Steps", points=100),
        "told": make_member("Told Tessa", points=100),
    }
    for member in people.values():
        member.set_password(PASSWORD)
        member.save(update_fields=["password"])
    TOTP.activate(people["two"], generate_totp_secret())
    RecoveryCodes.activate(people["two"])
    until = timezone.now() + timedelta(days=3)
    sanctioning.suspend_member(people["mo"], people["sorry"], until=until, reason="A pause.")
    for kind in ("care", "warning"):
        messaging.write_to_member(people["mo"], people["sorry"], text="Please see /help/guidelines/.", kind=kind)
    messaging.write_to_team(people["sorry"], text="May I explain?")
    messaging.note_member(people["mo"], people["sorry"], text="Has been here before.")
    member_blocks.block_member(people["two"], people["bob"])
    return people


def _posts(people: dict[str, Any]) -> dict[str, Any]:
    ann, bob, newt, mo = people["ann"], people["bob"], people["newt"], people["mo"]
    topic = Category.objects.order_by("pk").first()
    for name in ("sleep", "boundaries", "שינה"):
        Tag.objects.get_or_create(name=name, defaults={"slug": name})
    guest = make_guest("guest@example.org")
    note = ContentNote.objects.order_by("pk").first()
    main = make_question(
        ann, title="How do I sleep better?", body=RICH_BODY, category=topic, tags=["sleep", "boundaries"],
        intent="listening",
    )  # fmt: skip
    answer = make_answer(main, bob, body=RICH_BODY)
    veiled = make_answer(main, newt, body="I would rather not say who I am.", is_anonymous=True)
    by_guest = make_answer(main, guest, guest_name="Passing by", notes=[note])
    make_comment(main, bob, body="The same here, @Ann Rivers.")
    make_comment(answer, ann, body="Thank you.")
    make_comment(answer, guest, guest_name="Passing by")
    posts = {
        "guest": guest.pk,
        "main": main,
        "answer": answer,
        "veiled": veiled,
        "by_guest": by_guest,
        "noted": make_question(bob, title="A hard thing to read about", category=topic, notes=[note]),
        "closed": make_question(bob, title="A question that was settled", category=topic, tags=["sleep"]),
        "bare": make_question(ann, title="Nothing but a title here", body="", category=topic),
        "hidden": make_question(newt, title="A question a moderator hid", category=topic),
        "waiting": make_question(guest, title="A question that waits for a look", category=topic, must_wait=True),
        "withdrawn": make_question(ann, title="A question taken back", category=topic),
        "members": make_question(bob, title="For members of this site only", category=topic, audience="members"),
        "anonymous": make_question(ann, title="Asked without a name", category=topic, is_anonymous=True),
        "guests": make_question(guest, title="Asked by somebody passing by", category=topic),
        "hebrew": make_question(
            bob, title="איך ישנים טוב יותר?", body="אני מתעורר בארבע.", category=topic, tags=["שינה"]
        ),
        "checked": make_question(bob, title="A question that is being checked", category=topic),
        "long": make_question(newt, title=LONG_WORD[:150], body=LONG_WORD, category=topic),
    }
    make_answer(posts["hidden"], bob)
    _acts(people, posts)
    bookmarking.bookmark_post(ann, main)
    bookmarking.bookmark_post(ann, answer)
    for thing in (main, topic, Tag.objects.get(name="sleep"), bob):
        following.follow(ann, thing)
    following.set_follow_mode(ann, Tag.objects.get(name="boundaries"), "muted")
    following.mute_words(ann, ["calorie count", "fasting"])
    flagging.flag_post(bob, posts["long"], reason="other", text="Is this a word?")
    flagging.flag_post(mo, by_guest, reason="danger")
    _second_looks(people, posts)
    _told(people, posts)
    return posts


def _acts(people: dict[str, Any], posts: dict[str, Any]) -> None:
    ann, bob, newt, mo = people["ann"], people["bob"], people["newt"], people["mo"]
    voting.cast_vote(bob, posts["main"], Direction.UP)
    voting.cast_vote(ann, posts["answer"], Direction.UP)
    voting.cast_vote(newt, posts["answer"], Direction.UP)
    closing.close_question(mo, posts["closed"], reason="resolved", note="It is settled.")
    moderating.hide_post(mo, posts["hidden"], reason="It named a person.")
    editing.withdraw_post(ann, posts["withdrawn"])
    editing.edit_post(mo, posts["long"], title=posts["long"].title, body=f"{LONG_WORD}.", reason="A full stop.")
    suggesting.suggest_edit(newt, posts["main"], title="How can I sleep better?", body=RICH_BODY, reason="Clearer")
    suggesting.suggest_edit(newt, posts["noted"], title=posts["noted"].title, body="I woke at five.", reason="Later")
    editing.edit_post(bob, posts["noted"], title=posts["noted"].title, body="I wake at four, and cannot rest.")
    typed = {"title": "A draft of a question", "body": "Half a thought."}
    drafting.save_draft(ann, DraftKind.QUESTION, None, typed)
    drafting.save_draft(ann, DraftKind.ANSWER, posts["noted"], {"body": "Half an answer."})
    drafting.save_draft(ann, DraftKind.COMMENT, posts["answer"], {"body": "Half a comment."})
    drafting.save_draft(ann, DraftKind.EDIT, posts["main"], {"title": "How?", "body": "Half a change."})


def _second_looks(people: dict[str, Any], posts: dict[str, Any]) -> None:
    ann, bob, newt, mo = people["ann"], people["bob"], people["newt"], people["mo"]
    for reporter in (ann, newt, mo):
        flagging.flag_post(reporter, posts["checked"], reason="unkind")
    flagging.flag_post(bob, posts["bare"], reason="off_topic")
    flagging.keep_post(mo, posts["bare"], reason="A title can be enough.")
    appealing.appeal_act(bob, LogEntry.objects.get(pk=_act_on(posts["closed"])), text="It is not settled at all.")


def _told(people: dict[str, Any], posts: dict[str, Any]) -> None:
    """Tell Ann, and somebody whom no other test tells of anything, of something today, this week and long ago.

    Some of it is read, some unread, one of them gone meanwhile.
    """
    main = posts["main"]
    for member in (people["ann"], people["told"]):
        make_line(member, "answered", posts["answer"], posts["veiled"], posts["by_guest"], about=main)
        make_line(member, "voted", main, days_ago=0.1)
        make_line(member, "message", subject="conversation:1", days_ago=2)
        make_line(member, "points", subject="points:500", days_ago=3, is_read=True)
        make_line(member, "mentioned", posts["hidden"], days_ago=20)
        make_line(member, "new_question", posts["hebrew"], days_ago=30, is_read=True)


def _tags(people: dict[str, Any]) -> dict[str, Any]:
    """Describe a tag twice, and give it a name that holds, one that was declined and one that waits."""
    ann, mo, tag = people["ann"], people["mo"], Tag.objects.get(name="sleep")
    describing.describe_tag(ann, tag, excerpt="Falling asleep, waking early, long nights", guide="")
    describing.describe_tag(mo, tag, excerpt="Falling asleep and long nights", guide=RICH_BODY, reason="What fits")
    synonyms.approve_synonym(mo, synonyms.ask_for_synonym(ann, tag, name="insomnia"))
    synonyms.decline_synonym(mo, synonyms.ask_for_synonym(ann, tag, name="bed"), reason="A bed is for more.")
    for name in ("waking", "boundaries"):
        synonyms.ask_for_synonym(ann, tag, name=name)
    return {"tag": {"id": tag.pk, "path": tag.get_absolute_url(), "act": 0}}


def _act_on(post: Any) -> int:
    """Return the number of the last act on a post that its author may ask a second look at; 0 for none."""
    done = LogEntry.objects.filter(post=post, verb__in=APPEALABLE).newest_first()
    return done.values_list("number", flat=True).first() or 0


if __name__ == "__main__":
    json.dump(build(), sys.stdout)
