"""Suggested edits: one to decide, those a person made, and those that wait for the author of a post."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404

from forum import permissions
from forum.bylines import Byline, decider_byline, suggester_byline
from forum.choices import SuggestionState
from forum.effects.suggestions import Words, base_of, merged, saved_words, suggested_words, words_of
from forum.limits import SUGGESTIONS_A_PAGE, Rules
from forum.models import Person, Post, Revision, Suggestion
from forum.models.posts import own_posts
from forum.permissions import ALLOWED, Decision
from forum.queries import paging
from forum.queries.paging import Page, Place
from forum.queries.question_place import QuestionPlace, question_place
from forum.queries.question_rows import note_names
from forum.queries.text_changes import TextChanges, changes_between

NOT_HERE = "There is no such suggestion here."
HIDDEN = Decision("This was based on a version with private details. A moderator has hidden it.")
_PILLS = {
    SuggestionState.OPEN: "honey",
    SuggestionState.APPROVED: "leaf",
    SuggestionState.REJECTED: "fill",
    SuggestionState.WITHDRAWN: "fill",
}
_WAITING_MOST = 50


@dataclass(frozen=True)
class SuggestionPage:
    """A suggested edit, for whoever made it or decides it.

    `since` is what was changed in the post meanwhile, `result` what approving would change now; it is None where both
    changed the same words, so that a person must put them together. `revert_to` is the text before an approved one.
    """

    id: int
    post_id: int
    kind: str
    state: str
    state_label: str
    pill: str
    byline: Byline
    is_mine: bool
    reason: str
    created_at: datetime
    decided_at: datetime | None
    decider: Byline | None
    outcome: str
    may_read: Decision
    changes: TextChanges
    since: TextChanges | None
    result: TextChanges | None
    notes: tuple[str, ...]
    may_decide: bool
    may_withdraw: bool
    version: int
    revert_to: int


@dataclass(frozen=True)
class SuggestionRow:
    """One suggestion as a line of a list; without a path its post is not public now."""

    id: int
    title: str
    kind: str
    path: str
    reason: str
    state_label: str
    pill: str
    outcome: str
    created_at: datetime


def get_suggestion_or_404(suggestion_id: int, *, viewer: Person, rules: Rules) -> Suggestion:
    """Return a suggestion `viewer` may read, with its post; two queries."""
    related = ("member", "guest", "decided_by", "revision")
    suggestion = Suggestion.objects.select_related(*related).filter(pk=suggestion_id).first()
    if suggestion is None:
        raise Http404(NOT_HERE)
    posts = Post.objects.visible_to(viewer).select_related("author", "question", "parent")
    post = posts.filter(pk=suggestion.post_id).first()
    if post is None:
        raise Http404(NOT_HERE)
    suggestion.post = post
    if not permissions.can_read_suggestion(viewer, suggestion, rules):
        raise Http404(NOT_HERE)
    return suggestion


def get_open_suggestion(post: Post, person: Person) -> Suggestion | None:
    """Return what `person` suggests for `post` and nobody has decided yet."""
    if person.pk is None:
        return None
    mine = Suggestion.objects.open().filter(post=post)
    return (mine.filter(member=person.pk) if person.is_authenticated else mine.filter(guest=person.pk)).first()


def get_suggestion_page(suggestion: Suggestion, *, viewer: Person, rules: Rules) -> SuggestionPage:
    """Return what the page of a suggestion shows `viewer`; load it by `get_suggestion_or_404`."""
    post, base = suggestion.post, base_of(suggestion)
    is_open = suggestion.state == SuggestionState.OPEN
    may_read = _may_read(viewer, suggestion, base, rules)
    made_from, stands = saved_words(base) if base else words_of(post), words_of(post)
    is_stale = is_open and bool(may_read) and made_from != stands
    words = merged(made_from, stands, suggested_words(suggestion)) if is_stale else None
    is_mine = permissions.is_suggester(viewer, suggestion)
    decides = permissions.can_decide_edit(viewer, post, rules) and permissions.can_edit(viewer, post, rules)
    return SuggestionPage(
        id=suggestion.pk,
        post_id=post.pk,
        kind=post.get_kind_display().lower(),
        state=suggestion.state,
        state_label=str(suggestion.get_state_display()),
        pill=_PILLS[SuggestionState(suggestion.state)],
        byline=suggester_byline(suggestion, viewer),
        is_mine=is_mine,
        reason=suggestion.reason if may_read else "",
        created_at=suggestion.created_at,
        decided_at=suggestion.decided_at if suggestion.state != SuggestionState.WITHDRAWN else None,
        decider=decider_byline(suggestion, viewer) if suggestion.decided_at else None,
        outcome=suggestion.outcome,
        may_read=may_read,
        changes=changes_between(made_from, suggested_words(suggestion)) if may_read else TextChanges(),
        since=changes_between(made_from, stands) if is_stale else None,
        result=changes_between(stands, words) if words else None,
        notes=note_names([post.pk]).get(post.pk, ()),
        may_decide=is_open and not is_mine and bool(decides),
        may_withdraw=is_open and is_mine,
        version=post.text_version,
        revert_to=_before_approval(suggestion, viewer, rules),
    )


def proposed_words(suggestion: Suggestion) -> Words:
    """Return what approving would make of the post now; where both changed the same words, what was suggested."""
    base, stands = base_of(suggestion), words_of(suggestion.post)
    made_from, suggested = saved_words(base) if base else stands, suggested_words(suggestion)
    return merged(made_from, stands, suggested) or suggested


def as_words(title: str, body: str, tags: Iterable[str]) -> Words:
    """Return what somebody typed as the words of a post."""
    return Words(title, body, tuple(sorted(set(tags))))


def unreadable(suggestions: Iterable[Suggestion], *, viewer: Person, rules: Rules) -> frozenset[int]:
    """Return the ids of those whose words came from a text that is hidden from `viewer`; one query, or none."""
    made_from = {(one.pk, one.post_id, one.base_version) for one in suggestions}
    if not made_from:
        return frozenset()
    about = {post_id for _, post_id, _ in made_from}
    texts = Revision.objects.filter(post__in=about).defer("title", "body", "tag_names").order_by("-number")
    by_post: dict[int, list[Revision]] = {post_id: [] for post_id in about}
    for text in texts:
        by_post[text.post_id].append(text)
    bases = {pk: next((one for one in by_post[at] if one.version <= version), None) for pk, at, version in made_from}
    return frozenset(
        pk for pk, base in bases.items() if base and not permissions.can_read_revision(viewer, base, rules)
    )


def get_own_suggestions(person: Person, *, rules: Rules, place: Place) -> Page[SuggestionRow]:
    """Return one page of what `person` has suggested, the last first; four queries."""
    if person.pk is None:
        return Page(())
    mine = Suggestion.objects.filter(member=person.pk) if person.is_authenticated else _by_guest(person)
    page = paging.get_page(mine, ("-pk",), SUGGESTIONS_A_PAGE, place, "/suggestions/")
    return page.with_rows(_rows(list(page.rows), person, rules))


def get_waiting_suggestions(author: Person, *, rules: Rules) -> tuple[SuggestionRow, ...]:
    """Return what others suggest for the posts of `author` and nobody has decided yet, the oldest first."""
    if author.pk is None:
        return ()
    posts = Post.objects.filter(own_posts(author)).values("pk")
    waiting = Suggestion.objects.open().filter(post__in=posts).order_by("pk").values_list("pk", flat=True)
    return tuple(_rows(list(waiting[:_WAITING_MOST]), author, rules))


def _by_guest(guest: Person) -> "QuerySet[Suggestion]":
    return Suggestion.objects.filter(guest=guest.pk)


def _rows(ids: list[int], viewer: Person, rules: Rules) -> list[SuggestionRow]:
    found = Suggestion.objects.in_bulk(ids)
    about = {suggestion.post_id for suggestion in found.values()}
    posts = Post.objects.visible_to(viewer).select_related("question").in_bulk(about)
    hidden = unreadable(found.values(), viewer=viewer, rules=rules)
    return [_row(found[pk], posts.get(found[pk].post_id), viewer, is_hidden=pk in hidden) for pk in ids if pk in found]


def _row(suggestion: Suggestion, post: Post | None, viewer: Person, *, is_hidden: bool) -> SuggestionRow:
    gone = QuestionPlace("A post that isn’t public", "")
    return SuggestionRow(
        id=suggestion.pk,
        title=(question_place(post, viewer) if post else gone).title,
        kind=post.get_kind_display() if post else "Post",
        path=f"/suggestions/{suggestion.pk}/" if post else "",
        reason=HIDDEN.reason if is_hidden else suggestion.reason,
        state_label=str(suggestion.get_state_display()),
        pill=_PILLS[SuggestionState(suggestion.state)],
        outcome=suggestion.outcome,
        created_at=suggestion.created_at,
    )


def _may_read(viewer: Person, suggestion: Suggestion, base: Revision | None, rules: Rules) -> Decision:
    """Say whether neither the text it was made from nor the one it became is hidden from `viewer`."""
    texts = [text for text in (base, suggestion.revision) if text is not None]
    return ALLOWED if all(permissions.can_read_revision(viewer, text, rules) for text in texts) else HIDDEN


def _before_approval(suggestion: Suggestion, viewer: Person, rules: Rules) -> int:
    """Return the number of the text before this became the current one, for those who may bring it back; else 0."""
    revision, post = suggestion.revision, suggestion.post
    if revision is None or revision.number != post.revision_count or not permissions.is_author(viewer, post):
        return 0
    before = Revision.objects.filter(post=post, number=revision.number - 1, hidden_at=None)
    return revision.number - 1 if permissions.can_roll_back(viewer, post, rules) and before.exists() else 0
