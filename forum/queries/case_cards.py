"""One case of the moderation queue as its reader sees it: what it is about, why it is here, what can be done."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.safestring import SafeString

from accounts.models import User
from forum import permissions, plaintext
from forum.bylines import Byline, byline, member_byline
from forum.changes import Row, rows_changed
from forum.choices import CaseKind, MessageKind, Urgency
from forum.limits import Rules
from forum.models import Case, Flag, FlagReason, MemberNote, Person, Post, Reply
from forum.queries.ask_page import get_category_choices
from forum.queries.case_offers import Offers, Subject, offers_for
from forum.queries.log_words import NEEDED, sentence_of
from forum.queries.post_cards import stored_html
from forum.queries.question_rows import note_names

_LOOKS = {
    Urgency.URGENT: ("r4", "solid", "alert"),
    Urgency.HIGH: ("r3", "clay", "alert"),
    Urgency.MEDIUM: ("r2", "honey", "flag"),
    Urgency.LOW: ("r1", "fill", "flag"),
}
_HEADLINES = {
    CaseKind.REPORT: "Found by software",
    CaseKind.APPROVAL: "Waiting for approval",
    CaseKind.FIRST_POST: "First post",
    CaseKind.EDIT: "Suggested edit",
    CaseKind.RESUBMITTED: "Changed and sent again",
    CaseKind.APPEAL: "Appeal",
}
_SENT_WITH_AN_ACT = (MessageKind.NOTICE, MessageKind.CARE)
_NEW_DAYS = 30  # "joined 2 days ago" says something of somebody new, and nothing of others
_HTML_MOST = 4_000  # what is longer opens with one more tap, so that a page of the queue stays light
_CUT = 600
_ROWS_MOST = 12  # of a suggested edit; its page has all of it
_TITLE_LENGTH = 90
_ONE_OF_MANY = Byline("A guest", "anon")


@dataclass(frozen=True)
class Filled:
    """The case somebody opened by the page's address: with a reply they chose for it, or to read all of its text."""

    case_id: int = 0
    reply: str = ""
    reads_all: bool = False


_NOTHING = Filled()


@dataclass(frozen=True)
class Report:
    """The words of one open report, without who made it; the reason where it is another than the case's own."""

    reason: str
    text: str


@dataclass(frozen=True)
class CaseCard:
    """One open case. `html` is the text, `rest_url` where all of a long one is read, `fold` why it is folded."""

    id: int
    post_id: int
    look: str
    pill: str
    icon: str
    urgency: str
    headline: str
    tally: str
    byline: Byline
    joined_at: datetime | None
    note_count: int
    kind: str
    title: str
    place: str
    opened_at: datetime
    reports: tuple[Report, ...]
    details: tuple[str, ...]
    fold: str
    html: SafeString
    excerpt: str
    said: str
    against: str
    changes: tuple[Row, ...]
    claimed_by: str
    is_mine: bool
    wants_second: bool
    note: str
    offers: Offers
    may_hide: bool
    refusal: str
    timeline: str
    is_opened: bool
    is_read: bool
    reply: str
    replies: tuple[Reply, ...]
    topics: tuple[tuple[str, str], ...]

    @property
    def may_decide(self) -> bool:
        """Whether there is anything for the viewer to tap."""
        return bool(self.offers.main)

    @property
    def may_bulk(self) -> bool:
        """Whether it can be decided together with others: what wants a look of its own cannot."""
        return self.may_decide and bool(self.post_id) and self.look != "r4" and not self.said


@dataclass(frozen=True)
class _Loaded:
    """What was loaded about all cases of a page at once."""

    viewer: Person
    rules: Rules
    flags: Mapping[tuple[int | None, int | None], Sequence[Flag]]
    notes: Mapping[int, tuple[str, ...]]
    earlier: Mapping[int, int]
    filled: Filled
    library: tuple[Reply, ...]


def get_cards(
    ids: Sequence[int], *, viewer: Person, rules: Rules, library: Sequence[Reply], filled: Filled = _NOTHING
) -> list[CaseCard]:
    """Return the cards of these cases, in this order; at most five queries."""
    if not ids:
        return []
    cases = Case.objects.select_related(
        "post__author", "post__guest", "post__question__author", "post__parent", "member", "claimed_by",
        "suggestion__member", "appeal__member", *(f"appeal__entry__{name}" for name in NEEDED),
    ).in_bulk(ids)  # fmt: skip
    found = [cases[case_id] for case_id in ids if case_id in cases]
    posts = [case.post for case in found if case.post is not None]
    members = [post.author_id for post in posts if post.author_id and not post.is_anonymous]
    members += [case.member_id for case in found if case.member_id]
    loaded = _Loaded(
        viewer=viewer,
        rules=rules,
        flags=_open_flags(posts, [case.member_id for case in found if case.member_id and case.post_id is None]),
        notes=note_names([post.pk for post in posts]),
        earlier=_earlier_notes(members),
        filled=filled,
        library=tuple(reply for reply in library if reply.kind in _SENT_WITH_AN_ACT),
    )
    cards = [_card(case, loaded) for case in found]
    if not any(offer.picks for card in cards for offer in card.offers.main):
        return cards
    topics = tuple(get_category_choices())
    return [replace(card, topics=topics) for card in cards]


def _card(case: Case, loaded: _Loaded) -> CaseCard:
    viewer, post = loaded.viewer, case.post
    about = (case.post_id, None if case.post_id else case.member_id)
    flags = loaded.flags.get(about, ()) if case.kind == CaseKind.REPORT else ()
    top = flags[0].reason if flags else None
    look, pill, icon = _LOOKS[Urgency(case.urgency)]
    who = _byline(case, viewer)
    known = _known_member(case)
    refusal = permissions.can_look_after(viewer, case, loaded.rules).reason
    if not refusal and case.appeal is not None:
        refusal = permissions.can_decide_appeal(viewer, case.appeal, loaded.rules).reason
    is_care = case.is_care or bool(top and top.is_care)
    offers = offers_for(Subject(case, top.key if top else "", is_care=is_care), viewer, loaded.rules)
    is_opened = case.pk == loaded.filled.case_id
    is_long = post is not None and len(post.body_html) > _HTML_MOST and not (is_opened and loaded.filled.reads_all)
    return CaseCard(
        id=case.pk,
        post_id=case.post_id or 0,
        look=look,
        pill=pill,
        icon=icon,
        urgency=str(Urgency(case.urgency).label),
        headline=_headline(case, top),
        tally=_tally(flags, case) if case.kind == CaseKind.REPORT else "",
        byline=who,
        joined_at=known.date_joined if known and _is_new(known) else None,
        note_count=loaded.earlier.get(known.pk, 0) if known and viewer.is_moderator else 0,
        kind=post.get_kind_display() if post else "Member",
        title=_title(post),
        place=post.get_absolute_url() if post else who.url,
        opened_at=case.opened_at,
        reports=_reports(flags, top),
        details=tuple(case.details),
        fold=_fold(case, flags, loaded.notes),
        html=SafeString() if post is None or is_long or case.suggestion else stored_html(post),
        excerpt=plaintext.cut_words(post.body, _CUT) if post is not None and is_long else "",
        said=_said(case),
        against=str(sentence_of(case.appeal.entry, viewer)) if case.appeal else "",
        changes=_changes(case),
        claimed_by=case.claimer.username if case.claimer else "",
        is_mine=case.claimer == viewer,
        wants_second=case.wants_second,
        note=case.note,
        offers=offers,
        may_hide=post is not None and bool(permissions.can_moderate_post(viewer, post, loaded.rules)),
        refusal=refusal,
        timeline=f"/moderation/members/{who.url.removeprefix('/user/')}" if known and viewer.is_moderator else "",
        is_opened=is_opened and not loaded.filled.reads_all,
        is_read=is_opened and loaded.filled.reads_all,
        reply=loaded.filled.reply if is_opened else "",
        replies=loaded.library if offers.takes_words else (),
        topics=(),
    )


def _headline(case: Case, top: FlagReason | None) -> str:
    if case.is_care and not (top and top.is_care):
        return "Someone may be in danger"
    return top.label if top else _HEADLINES[CaseKind(case.kind)]


def _byline(case: Case, viewer: Person) -> Byline:
    """Return who it is about, or who suggests an edit; a post's author is what its byline says and no more."""
    if case.suggestion is not None:
        member = case.suggestion.member
        return member_byline(member, viewer) if member else _ONE_OF_MANY
    if case.post is not None:
        return byline(case.post, viewer)
    member = case.member or (case.appeal.member if case.appeal else None)
    return member_byline(member, viewer) if member else _ONE_OF_MANY


def _known_member(case: Case) -> User | None:
    """Return the member whose account may be spoken of: never the one behind an anonymous post."""
    if case.suggestion is not None:
        member = case.suggestion.member
    elif case.post is not None:
        member = None if case.post.is_anonymous else case.post.author
    else:
        member = case.member or (case.appeal.member if case.appeal else None)
    return member if member is not None and member.closed_at is None else None


def _is_new(member: User) -> bool:
    return member.date_joined > timezone.now() - timedelta(days=_NEW_DAYS)


def _title(post: Post | None) -> str:
    if post is None:
        return ""
    question = post.question or post
    return plaintext.cut_words(question.title, _TITLE_LENGTH)


def _reports(flags: Sequence[Flag], top: FlagReason | None) -> tuple[Report, ...]:
    return tuple(Report("" if flag.reason == top else flag.reason.label, flag.text) for flag in flags if flag.text)


def _tally(flags: Sequence[Flag], case: Case) -> str:
    """Return "2 reports, 1 automatic": people first, then what the software noticed."""
    people = f"{len(flags)} report{'' if len(flags) == 1 else 's'}" if flags else ""
    software = f"{len(case.details)} automatic" if case.details else ""
    return ", ".join(part for part in (people, software) if part)


def _fold(case: Case, flags: Sequence[Flag], notes: Mapping[int, tuple[str, ...]]) -> str:
    """Return why the text is folded until a moderator opens it; empty when it can be read at once."""
    if case.post is None:
        return ""
    if noted := notes.get(case.post.pk):
        return f"Folded to look after you: {', '.join(noted).lower()}"
    hard = next((flag.reason.label for flag in flags if flag.reason.is_hard), "")
    if hard:
        return f"Folded to look after you: {hard.lower()}"
    return "Folded to look after you: it may be hard to read" if case.urgency == Urgency.URGENT else ""


def _said(case: Case) -> str:
    """Return what whoever suggests or appeals says for it."""
    if case.suggestion is not None:
        return case.suggestion.reason
    return case.appeal.text if case.appeal is not None else ""


def _changes(case: Case) -> tuple[Row, ...]:
    """Return what a suggested edit changes: the title first, then the words."""
    if case.suggestion is None or case.post is None:
        return ()
    title = rows_changed(case.post.title, case.suggestion.title) if case.post.is_question else ()
    return (*title, *rows_changed(case.post.body, case.suggestion.body))[:_ROWS_MOST]


def _open_flags(
    posts: Sequence[Post], members: Sequence[int]
) -> Mapping[tuple[int | None, int | None], Sequence[Flag]]:
    """Return the open reports on each post and each member, the most urgent first."""
    flags: dict[tuple[int | None, int | None], list[Flag]] = defaultdict(list)
    open_ones = Flag.objects.open().most_urgent_first()
    for flag in open_ones.filter(post__in=posts) | open_ones.filter(member__in=members):
        flags[flag.post_id, flag.member_id].append(flag)
    return flags


def _earlier_notes(member_ids: Sequence[int]) -> Mapping[int, int]:
    """Return how many notes of the team hold about each member."""
    notes = MemberNote.objects.filter(member__in=set(member_ids), lifted_at=None)
    return Counter(notes.values_list("member_id", flat=True))
