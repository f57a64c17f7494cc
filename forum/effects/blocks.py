"""Keep somebody out until a date, and let them in again."""

from datetime import datetime
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.core.exceptions import ValidationError
from django.core.validators import validate_domain_name, validate_email
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from forum.choices import BlockKind
from forum.effects.log import Facts, Inverse, Turn
from forum.models import Block, LogEntry
from forum.models.blocks import WIDEST

_HOME = 64  # an IPv6 household
_NARROWEST = {4: 31, 6: _HOME - 1}  # a single one is an address
_NO_ADDRESS = "Enter an address such as 203.0.113.7 or 2001:db8:1:2::."
_NO_NETWORK = "Enter a network such as 203.0.113.0/24."
_NO_EMAIL = "Enter an email address such as name@example.org."
_NO_DOMAIN = "Enter a domain such as example.org."
_OURS = "This would keep you out too."
_TEAM = "Someone on the team has this address."
_SERVER = "This is the server’s own address, so everyone would be blocked. Set the number of proxies first."


def normal_value(kind: str, value: str) -> str:
    """Return `value` the one way it is kept and compared; raise `ValidationError` for what cannot be blocked."""
    value = value.strip().lower()
    if kind == BlockKind.ADDRESS:
        return _address(value)
    if kind == BlockKind.NETWORK:
        return _network(value)
    if kind == BlockKind.EMAIL:
        return _checked(value, validate_email, _NO_EMAIL)
    if kind == BlockKind.DOMAIN:
        domain = _checked(value.removeprefix("@").rstrip("."), validate_domain_name, _NO_DOMAIN)
        return domain if "." in domain else _refuse(_NO_DOMAIN)
    return _refuse("Choose what to block.")


def check_harmless(kind: str, value: str, own_address: str) -> None:
    """Raise `ValidationError` for a block that would keep the team out, or whoever sets it from `own_address`."""
    if kind in {BlockKind.EMAIL, BlockKind.DOMAIN}:
        team = User.objects.exclude(role=Role.MEMBER).exclude(email="").values_list("email", flat=True)
        if any(_is_email_in(email.lower(), kind, value) for email in team):
            _refuse(_TEAM)
        return
    blocked = ip_network(value)
    if blocked.is_loopback:
        _refuse(_SERVER)
    try:
        own = ip_network(own_address)
    except ValueError:
        return
    if own.version == blocked.version and own.overlaps(blocked):
        _refuse(_OURS)


def put(kind: str, value: str, actor: User, until: datetime, reason: str) -> tuple[Block, Facts | None]:
    """Return the block that holds for `value` now, and what the log should keep; None when it was so already."""
    told = {"actor": actor, "until": until, "reason": reason}
    block, is_new = Block.objects.get_or_create(kind=kind, value=value, lifted_at=None, defaults=told)
    if is_new:
        return block, {"block": block.pk, "replaced": None}
    if (block.until, block.reason) == (until, reason):
        return block, None
    let_in(block, actor)
    newer = Block.objects.create(kind=kind, value=value, **told)
    return newer, {"block": newer.pk, "replaced": block.pk}


def keep_out(
    kind: str, value: str, actor: User, until: datetime, reason: str, *, own_address: str = ""
) -> Block | None:
    """Block `value` as part of another act, which asks for permission and logs; None for what should not be blocked."""
    try:
        value = normal_value(kind, value)
        check_harmless(kind, value, own_address)
    except ValidationError:
        return None
    if Block.objects.holding().filter(kind=kind, value=value).exists():
        return None  # what somebody has set on purpose stays as it is, also when the other act is taken back
    return put(kind, value, actor, until, reason)[0]


def let_in(block: Block, actor: User) -> bool:
    """Lift `block`; return False when it was lifted before."""
    open_one = Block.objects.filter(pk=block.pk, lifted_at=None)
    return bool(open_one.update(lifted_at=timezone.now(), lifted_by=actor))


def _undo_setting(entry: LogEntry, actor: User, reason: str) -> Turn:
    facts = entry.text.before
    changed = let_in(Block.objects.get(pk=facts["block"]), actor)
    if changed and facts["replaced"]:
        _hold_again(facts["replaced"])
    return Turn("block.lifted", before=facts, changed=changed)


def _undo_lifting(entry: LogEntry, actor: User, reason: str) -> Turn:
    facts = entry.text.before
    block = Block.objects.get(pk=facts["block"])
    if block.lifted_at is None:
        return Turn("block.set", changed=False)
    if facts["replaced"]:
        let_in(Block.objects.get(pk=facts["replaced"]), actor)
    _hold_again(block.pk)
    return Turn("block.set", before=facts)


def _hold_again(pk: int) -> None:
    block = Block.objects.select_for_update().get(pk=pk)
    if Block.objects.filter(kind=block.kind, value=block.value, lifted_at=None).exists():
        _refuse("There is a newer block of the same address. Lift that one first.")
    Block.objects.filter(pk=pk).update(lifted_at=None, lifted_by=None)


INVERSES: dict[str, Inverse] = {"block.set": _undo_setting, "block.lifted": _undo_lifting}


def _address(value: str) -> str:
    try:
        parsed = ip_address(value.partition("/")[0].strip("[]"))
    except ValueError:
        return _refuse(_NO_ADDRESS)
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    if "/" in value and value.partition("/")[2] not in {"32", str(_HOME)}:
        return _refuse(_NO_ADDRESS)
    return str(parsed) if isinstance(parsed, IPv4Address) else str(ip_network((parsed, _HOME), strict=False))


def _network(value: str) -> str:
    try:
        network: IPv4Network | IPv6Network = ip_network(value, strict=False)
    except ValueError:
        return _refuse(_NO_NETWORK)
    widest, narrowest = WIDEST[network.version], _NARROWEST[network.version]
    if not widest <= network.prefixlen <= narrowest:
        return _refuse(f"Enter a network from /{widest} to /{narrowest}; block a single one as an address.")
    return str(network)


def _checked(value: str, validate: object, sentence: str) -> str:
    try:
        validate(value)  # type: ignore[operator]
    except ValidationError:
        return _refuse(sentence)
    return value


def _is_email_in(email: str, kind: str, value: str) -> bool:
    if kind == BlockKind.EMAIL:
        return email == value
    domain = email.rpartition("@")[2]
    return domain == value or domain.endswith(f".{value}")


def _refuse(sentence: str) -> str:
    raise ValidationError({"value": sentence})
