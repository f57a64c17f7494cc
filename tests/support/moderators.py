"""Every act of moderation as a random one: on what, by whom and how is drawn; refusals are part of the game.

A new act is one function with `@act`. It gets the world and a `random.Random`.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from forum.actions import (
    blocking,
    closing,
    converting,
    editing,
    flagging,
    measuring,
    merging,
    messaging,
    moderating,
    moving,
    naming,
    reversing,
    sanctioning,
    staffing,
    suggesting,
    uniting,
    voting,
)
from forum.choices import FlagState, MeasureKind, MessageKind, PostKind
from forum.models import Block, Category, Flag, MemberNote, Post, Suggestion, Suspension, Tag
from tests.factories import make_answer, make_category, make_comment, make_guest, make_member, make_question, make_tag

ACTS = []


def act(function):
    """List an act."""
    ACTS.append(function)
    return function


class World:
    """A small site with all that moderators meet."""

    def __init__(self):
        self.ann, self.bob, self.newt = (
            make_member("ann", points=500),
            make_member("bob", points=3_000),
            make_member("newt"),
        )
        self.mo = make_member("mo", role=Role.MODERATOR)
        self.mia = make_member("mia", role=Role.MODERATOR)
        self.ada = make_member("ada", role=Role.OWNER)
        sleep = make_category("Sleep")
        make_category("Nights", parent=sleep)
        make_category("Work")
        question = make_question(self.ann, category=sleep, tags=["nights"])
        older = make_question(self.newt, category=sleep)
        make_tag("insomnia")
        hidden_name = make_question(self.bob, category=sleep, is_anonymous=True)
        answers = [
            make_answer(question, self.bob),
            make_answer(question, make_guest("guest@example.org")),
            make_answer(older, self.ann),
            make_answer(hidden_name, self.newt, is_anonymous=True),
        ]
        make_comment(question, self.newt)
        make_comment(answers[0], self.ann)
        make_comment(hidden_name, self.bob, is_anonymous=True)
        make_answer(question, self.newt, must_wait=True)
        for voter, post in (
            (self.bob, question),
            (self.ann, answers[0]),
            (self.mo, answers[2]),
            (self.ann, hidden_name),
        ):
            voting.cast_vote(voter, post, 1)
        for reporter, post, reason in ((self.newt, question, "unkind"), (self.bob, answers[2], "spam")):
            flagging.flag_post(reporter, post, reason=reason)
        flagging.flag_member(self.ann, self.newt, reason="unkind")
        suggesting.suggest_edit(self.ann, answers[0], body="A warm drink, and much patience.", reason="Said better")
        self.have_moderated(question, older, answers)

    def have_moderated(self, question, older, answers):
        """Let some of it have been done before, so that there is something to end."""
        moderating.hide_post(self.mia, answers[1], reason="It was so before")
        moderating.delete_post(self.mia, make_comment(older, self.bob), reason="It was so before")
        closing.close_question(self.mia, older, reason="resolved")
        measuring.lay_measure(self.mia, question, MeasureKind.LOCK, until=timezone.now() + timedelta(days=3))
        editing.edit_post(self.mia, question, title=question.title, body="I wake at five.", reason="The right hour")
        flagging.settle_flag(self.mia, flagging.flag_post(self.ann, answers[0], reason="spam"), upheld=True)
        until = timezone.now() + timedelta(days=2)
        sanctioning.suspend_member(self.mia, self.bob, until=until, reason="A pause.", ability="uploading")
        messaging.note_member(self.mia, self.newt, text="Is new here.")
        blocking.set_block(self.ada, kind="domain", value="older.example", until=until, reason="Spam")

    def post(self, random, *kinds):
        """Draw a post, of one of these kinds if any are named."""
        posts = Post.objects.filter(kind__in=kinds) if kinds else Post.objects.all()
        return random.choice(list(posts.order_by("pk")))

    def tag(self, random):
        """Draw a tag."""
        return random.choice(list(Tag.objects.order_by("pk")))

    def member(self, random):
        """Draw somebody who isn't of the team, or is."""
        return User.objects.get(pk=random.choice([self.ann, self.bob, self.newt, self.ann, self.bob, self.mia]).pk)

    def moderator(self, random):
        """Draw who acts."""
        return User.objects.get(pk=random.choice([self.mo, self.mia, self.ada]).pk)


def attempt(world, function, random):
    """Do an act; False when it was refused."""
    try:
        function(world, random)
    except (PermissionDenied, ValidationError):
        return False
    return True


def words(random):
    """Draw what an act is told with."""
    return {
        "reason": random.choice(["", "It names somebody."]),
        "reply": random.choice(["", "Please leave names out."]),
    }


def later(random):
    """Draw a date."""
    return timezone.now() + timedelta(days=random.randint(1, 30))


@act
def hide(world, random):
    moderating.hide_post(world.moderator(random), world.post(random), **words(random))


@act
def show(world, random):
    moderating.show_post(world.moderator(random), world.post(random), **words(random))


@act
def delete(world, random):
    moderating.delete_post(world.moderator(random), world.post(random), **words(random))


@act
def restore(world, random):
    moderating.restore_post(world.moderator(random), world.post(random), **words(random))


@act
def approve(world, random):
    moderating.approve_post(world.moderator(random), world.post(random), **words(random))


@act
def hold(world, random):
    moderating.hold_post(world.moderator(random), world.post(random), **words(random))


@act
def keep(world, random):
    flagging.keep_post(world.moderator(random), world.post(random), reason="It is fine.")


@act
def keep_member(world, random):
    flagging.keep_member(world.moderator(random), world.member(random), reason="It is fine.")


@act
def settle(world, random):
    flag = random.choice(list(Flag.objects.order_by("pk")))
    flagging.settle_flag(world.moderator(random), flag, upheld=random.random() < 0.5, outcome="So it is.")


@act
def reopen_flag(world, random):
    flag = random.choice(list(Flag.objects.exclude(state=FlagState.OPEN).order_by("pk")) or [Flag.objects.first()])
    flagging.reopen_flag(world.moderator(random), flag)


@act
def close(world, random):
    reason = random.choice(["duplicate", "off_topic", "resolved", "needs_detail"])
    other = world.post(random, PostKind.QUESTION) if reason == "duplicate" else None
    question = world.post(random, PostKind.QUESTION)
    closing.close_question(world.moderator(random), question, reason=reason, note="See there", duplicate_of=other)


@act
def reopen(world, random):
    closing.reopen_question(world.moderator(random), world.post(random, PostKind.QUESTION))


@act
def lay(world, random):
    kind = random.choice(list(MeasureKind))
    terms = {"until": later(random), "minutes": 30, "text": "It tells people to stop a medicine."}
    measuring.lay_measure(world.moderator(random), world.post(random), kind, **terms, reason="To calm it down")


@act
def lift(world, random):
    measuring.lift_measure(world.moderator(random), world.post(random), random.choice(list(MeasureKind)))


@act
def convert(world, random):
    post = world.post(random, PostKind.ANSWER, PostKind.COMMENT)
    converting.convert_post(world.moderator(random), post, to=random.choice([PostKind.ANSWER, PostKind.COMMENT]))


@act
def move(world, random):
    category = random.choice(list(Category.objects.order_by("pk")))
    moving.move_question(world.moderator(random), world.post(random, PostKind.QUESTION), category=category)


@act
def retag(world, random):
    category, tags = random.choice(list(Category.objects.order_by("pk"))), random.choice([[], ["nights"]])
    editing.retag_question(world.moderator(random), world.post(random, PostKind.QUESTION), category=category, tags=tags)


@act
def rename_tag(world, random):
    name = random.choice(["small hours", "nights", "insomnia"])
    naming.rename_tag(world.moderator(random), world.tag(random), name=name)


@act
def merge_tags(world, random):
    naming.merge_tags(world.moderator(random), world.tag(random), target=world.tag(random))


@act
def delete_tag(world, random):
    naming.delete_tag(world.moderator(random), world.tag(random))


@act
def reserve_tag(world, random):
    is_reserved = random.random() < 0.7
    naming.reserve_tag(world.moderator(random), world.tag(random), is_reserved=is_reserved)


@act
def merge(world, random):
    source, target = world.post(random, PostKind.QUESTION), world.post(random, PostKind.QUESTION)
    merging.merge_question(world.moderator(random), source, target=target)


@act
def edit(world, random):
    post = world.post(random)
    body = random.choice(["Other words.", "A warm drink, and patience.", "Words without names."])
    editing.edit_post(world.moderator(random), post, title=post.title, body=body, reason="Names somebody")


@act
def roll_back(world, random):
    post = world.post(random)
    editing.roll_back_post(world.moderator(random), post, number=1, reason="As it was", base_version=None)


@act
def hide_revision(world, random):
    editing.hide_revision(world.moderator(random), world.post(random), number=random.randint(1, 2), reason="Private")


@act
def decide_suggestion(world, random):
    suggestion, actor = random.choice(list(Suggestion.objects.order_by("pk"))), world.moderator(random)
    if random.random() < 0.5:
        suggesting.approve_suggestion(actor, suggestion)
    else:
        suggesting.reject_suggestion(actor, suggestion, reason="It says something else.")


@act
def suspend(world, random):
    ability = random.choice(["everything", "asking", "voting"])
    member = world.member(random)
    sanctioning.suspend_member(
        world.moderator(random), member, until=later(random), reason="A pause to calm down.", ability=ability
    )


@act
def let_go(world, random):
    running = Suspension.objects.filter(lifted_at=None).order_by("pk").first()
    if running is not None:
        sanctioning.lift_suspension(world.moderator(random), running.member, ability=running.ability)


@act
def write(world, random):
    kind = random.choice([MessageKind.WARNING, MessageKind.CARE, MessageKind.MESSAGE])
    messaging.write_to_member(world.moderator(random), world.member(random), text="Are you well?", kind=kind)


@act
def write_to_author(world, random):
    messaging.write_to_author(
        world.moderator(random), world.post(random), text="Are you well?", kind=MessageKind.WARNING
    )


@act
def note(world, random):
    messaging.note_member(world.moderator(random), world.member(random), text="Writes at night.")


@act
def lift_note(world, random):
    noted = MemberNote.objects.order_by("-pk").first()
    if noted is not None:
        messaging.lift_note(world.moderator(random), noted)


@act
def change_role(world, random):
    role = random.choice([Role.MEMBER, Role.HELPER, Role.MODERATOR])
    staffing.change_role(world.ada, world.member(random), role=role, reason="Kind and patient")


@act
def correct(world, random):
    member = world.member(random)
    staffing.correct_member(world.ada, member, name=member.username, about=random.choice(["I read.", "", "I sleep."]))


@act
def undo_account(world, random):
    since = timezone.now() - timedelta(days=2)
    reversing.undo_account(
        world.moderator(random), world.member(random), since=since, reason="Spam", is_spam=random.random() < 0.5
    )


@act
def mark_spam(world, random):
    reversing.mark_spam(world.moderator(random), world.post(random))


@act
def merge_accounts(world, random):
    uniting.merge_accounts(world.ada, world.member(random), world.member(random), reason="One person")


@act
def block(world, random):
    value = random.choice(["spam.example", "other.example"])
    blocking.set_block(world.ada, kind="domain", value=value, until=later(random), reason="Spam")


@act
def lift_block(world, random):
    found = Block.objects.filter(lifted_at=None).first()
    if found is not None:
        blocking.lift_block(world.ada, found)


# What may pay points, or take them: a first look (product.md pays what is published), an approved edit, an answer that
# becomes a comment (which pays nobody) or the other way, and what takes back everything by an account or unites two.
PAYING = {approve, hold, decide_suggestion, convert, undo_account, mark_spam, merge_accounts}
# What may move votes or change who wrote: what takes back an account's votes, or unites two accounts.
MOVING_VOTES = {undo_account, mark_spam, merge_accounts}
