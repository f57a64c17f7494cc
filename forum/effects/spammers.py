"""What follows for whoever posted spam: kept out for a while, and the site learns."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from forum.choices import Ability, BlockKind, MessageKind
from forum.effects import blocks, conversations, spam, suspensions
from forum.effects.log import Facts
from forum.models import Block, Person, Post, Suspension, Trace

_ACCOUNT_DAYS = 365
_ADDRESS_DAYS = 7  # a library or a phone network has other visitors too
_ADDRESSES_MOST = 5
_TOLD = "What this account posted was removed: it looked like advertising. If that’s wrong, please tell us."


def keep_out(author: Person, actor: User, post_ids: Iterable[int], reason: str, *, own_address: str) -> Facts:
    """Suspend the account, block its e-mail and latest addresses, learn from its posts; return what `let_in` needs."""
    days = {BlockKind.EMAIL: _ACCOUNT_DAYS, BlockKind.ADDRESS: _ADDRESS_DAYS}
    found = [(BlockKind.EMAIL, author.email)] if author.email else []
    found += [(BlockKind.ADDRESS, address) for address in _addresses(author)]
    kept = [
        blocks.keep_out(
            kind, value, actor, timezone.now() + timedelta(days=days[kind]), reason, own_address=own_address
        )
        for kind, value in found
    ]
    facts = {"blocks": [block.pk for block in kept if block], "learned": list(post_ids)}
    for post in Post.objects.filter(pk__in=facts["learned"]).order_by("pk"):
        spam.learn(post, is_spam=True)
    return facts | (_suspend(author, actor, reason) if isinstance(author, User) else {})


def let_in(facts: Facts, actor: User) -> None:
    """Take back what `keep_out` did."""
    for block in Block.objects.filter(pk__in=facts.get("blocks", [])):
        blocks.let_in(block, actor)
    _learn_again(facts, forget=True)
    for suspension in Suspension.objects.filter(pk=facts.get("suspension", 0), lifted_at=None).select_related("member"):
        suspensions.lift(suspension.member, suspension.ability, actor)
    if "message" in facts:
        conversations.take_back(facts["message"])


def keep_out_again(facts: Facts) -> None:
    """Let what `let_in` took back hold once more."""
    for block in Block.objects.filter(pk__in=facts.get("blocks", [])):
        if not Block.objects.filter(kind=block.kind, value=block.value, lifted_at=None).exists():
            Block.objects.filter(pk=block.pk).update(lifted_at=None, lifted_by=None)
    _learn_again(facts, forget=False)
    for suspension in Suspension.objects.filter(pk=facts.get("suspension", 0)).select_related("member"):
        if suspensions.running(suspension.member, suspension.ability) is None:
            Suspension.objects.filter(pk=suspension.pk).update(lifted_at=None, lifted_by=None)
            suspensions.recount(suspension.member)
    if "message" in facts:
        conversations.give_back(facts["message"])


def _suspend(member: User, actor: User, reason: str) -> Facts:
    conversations.lock([member.pk])
    if suspensions.running(member, Ability.EVERYTHING) is not None:
        return {}
    until = timezone.now() + timedelta(days=_ACCOUNT_DAYS)
    suspension = suspensions.suspend(member, ability=Ability.EVERYTHING, until=until, reason=reason, actor=actor)
    message = conversations.tell(member, _TOLD, kind=MessageKind.SUSPENSION, actor=actor)
    return {"suspension": suspension.pk, **({"message": message.pk} if message else {})}


def _addresses(author: Person) -> list[str]:
    mine = {"member": author} if isinstance(author, User) else {"guest": author}
    latest = Trace.objects.filter(**mine).order_by("-pk").values_list("address", flat=True)
    return list(dict.fromkeys(latest[:50]))[:_ADDRESSES_MOST]


def _learn_again(facts: Facts, *, forget: bool) -> None:
    for post in Post.objects.filter(pk__in=facts.get("learned", [])).order_by("pk"):
        if forget:
            spam.unlearn(post, is_spam=True)
        else:
            spam.learn(post, is_spam=True)
