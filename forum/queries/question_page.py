"""The question page: a question, its answers and comments, and what stands beside them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import Exists, OuterRef, Subquery
from django.http import Http404

from forum import permissions, search
from forum.choices import AnswerSort, Audience, Intent, PostStatus
from forum.limits import COMMENTS_A_POST, COMMENTS_AT_ONCE, Rules
from forum.models import (
    Category,
    Closure,
    ContentNote,
    Follow,
    MemberBlock,
    Person,
    Post,
    Question,
    ReadMark,
    Tag,
    TaggedPost,
)
from forum.permissions import Decision
from forum.queries import paging, thread
from forum.queries.lookups import get_post_or_404
from forum.queries.paging import Place
from forum.queries.post_cards import Comments, PostCard, Reading, comment_card, load_reading, name_replies, post_card
from forum.queries.question_state import StatePill, get_states
from forum.queries.thread import CommentRange

RELATED_QUESTIONS = 5
_SUBJECT_MATES = 40  # of so many newest questions about the same, those that share the most words are related
_DIGITS = 18  # of the largest number an id can be
_A_FEW = 3  # questions with a tag before it says more than the category

_WANTED = {
    Intent.ADVICE: ("compass", "Advice", "Ideas and what has worked for you are welcome"),
    Intent.LISTENING: ("ear", "Listening", "Being heard matters more here than solutions"),
    Intent.INFORMATION: ("book", "Information", "Facts and sources are welcome"),
}


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere; `count` is a number told beside them, `is_current` marks where one is.

    What leads to an unlisted question (`is_unlisted`) is not for search engines to quote.
    """

    label: str
    path: str
    count: int = 0
    is_current: bool = False
    is_unlisted: bool = False


@dataclass(frozen=True)
class Wanted:
    """What would help the person who asks."""

    icon: str
    label: str
    text: str


@dataclass(frozen=True)
class ClosureNotice:
    """Why the question takes no more answers, and the question that answers it; its author reads what to change."""

    sentence: str
    note: str
    advice: str
    closed_at: datetime
    duplicate: Link | None


@dataclass(frozen=True)
class QuestionView:
    """Which part of the question a visitor asked for: an order, a page of it, one post, all comments of one."""

    sort: str = AnswerSort.HELPFUL
    place: Place = field(default_factory=Place)
    show: int = 0
    comments: CommentRange = field(default_factory=CommentRange)


@dataclass(frozen=True)
class QuestionPage:
    """Everything the question page shows one viewer."""

    question: PostCard
    answers: tuple[PostCard, ...]
    path: str
    excerpt: str
    crumbs: tuple[Link, ...]
    tags: tuple[Link, ...]
    intent: str
    answer_guidance: str
    reader_help: str
    wanted: Wanted | None
    follows: Link | None
    closure: ClosureNotice | None
    answer_count: int
    accepted_answer_id: int | None
    view_count: int
    sorts: tuple[Link, ...]
    newer_url: str
    older_url: str
    related: tuple[Link, ...]
    may_answer: Decision
    is_indexed: bool
    audience_label: str
    states: tuple[StatePill, ...]
    follow_mode: str
    may_follow_by_mail: bool

    @property
    def news(self) -> tuple[str, ...]:
        """The anchors of what others wrote here since the viewer's last visit, from the top of the page down."""
        anchors: list[str] = []
        for card in (self.question, *self.answers):
            anchors += [card.anchor] if card.is_new else []
            anchors += [comment.anchor for comment in card.comments.cards if comment.is_new]
        return tuple(anchors)

    @property
    def is_anonymous_here(self) -> bool:
        """Whether a post on this page is the viewer's own and hides their name."""
        cards = [self.question, *self.answers]
        bylines = [card.byline for card in cards] + [one.byline for card in cards for one in card.comments.cards]
        return any(byline.is_you and byline.is_anonymous for byline in bylines)

    def card(self, post_id: int) -> PostCard | None:
        """Return the card of a question or an answer on this page, or None."""
        return next((card for card in (self.question, *self.answers) if card.id == post_id), None)


def read_view(query: Mapping[str, str]) -> QuestionView:
    """Read what a visitor asked for from the address; what makes no sense there is passed over."""
    sort = query.get("sort", "")
    comments_of = _number(query.get("comments", ""))
    return QuestionView(
        sort=sort if sort in AnswerSort.values else AnswerSort.HELPFUL,
        place=paging.read_place(query),
        show=_number(query.get("show", "")) or comments_of or _number(query.get("comment", "")),
        comments=CommentRange(comments_of, _number(query.get("skip", ""))),
    )


def get_question_page(
    question_id: int, *, viewer: Person, rules: Rules, view: QuestionView | None = None
) -> QuestionPage:
    """Return what `viewer` sees of the question; 404 unless they may read it.

    Six queries for a guest and eight for a member, however long the page; one more where the question is closed,
    where posts of it are out of sight, for whoever has blocked somebody, and further down a long thread.
    """
    view = view or QuestionView()
    question = _question_or_404(question_id, viewer)
    if view.show and not (view.place.older or view.place.newer):
        view = replace(view, place=thread.place_of_answer(view.show, question, viewer=viewer, sort=view.sort))
    answers = thread.get_answers(question, viewer=viewer, sort=view.sort, place=view.place)
    posts = [question, *answers.rows]
    comments = thread.get_comments(posts, viewer=viewer, asked=view.comments)
    shown = [*posts, *(one for below in comments.values() for one in below)]
    reading = load_reading(
        shown, viewer=viewer, rules=rules, has_blocked=_has_blocked(question), since=_seen_at(question)
    )
    cards = [
        post_card(post, question, reading, _comments(post, comments.get(post.pk, []), question, reading, view))
        for post in posts
    ]
    tags = list(Tag.objects.filter(tagged__content_object=question.pk).order_by("name"))
    return QuestionPage(
        question=cards[0],
        answers=tuple(cards[1:]),
        path=question.get_absolute_url(),
        excerpt="" if cards[0].notes or question.is_being_checked else question.excerpt,
        crumbs=_crumbs(question.category),
        tags=tuple(Link(tag.name, tag.get_absolute_url()) for tag in tags),
        intent=question.intent,
        reader_help=_reader_help(question, has_notes=bool(reading.notes.get(question.pk))),
        answer_guidance=question.category.nearest("answer_guidance") if question.category else "",
        wanted=Wanted(*_WANTED[Intent(question.intent)]) if question.intent else None,
        follows=_follows(question, viewer),
        closure=_closure(question, viewer) if question.is_closed else None,
        answer_count=question.answer_count,
        accepted_answer_id=question.accepted_answer_id,
        view_count=question.view_count,
        sorts=_sorts(question, view.sort) if len(answers.rows) > 1 else (),
        newer_url=answers.newer_url,
        older_url=answers.older_url,
        related=_related(question, tags, viewer),
        may_answer=permissions.can_answer(viewer, question, rules),
        is_indexed=is_indexed(question),
        audience_label="Members only" if question.audience == Audience.MEMBERS else "",
        states=get_states(question, viewer=viewer),
        follow_mode=getattr(question, "follow_mode", None) or "",
        may_follow_by_mail=bool(permissions.can_follow_by_mail(viewer, question, rules)),
    )


def is_indexed(question: Post) -> bool:
    """Say whether search engines may show the question: one that everybody may read, and find."""
    return question.is_published and question.audience == Audience.EVERYONE


def get_post_card(post_id: int, *, viewer: Person, rules: Rules) -> PostCard:
    """Return the card of a question or an answer with its first comments, exactly as its page shows it."""
    post = get_post_or_404(post_id, viewer=viewer)
    if post.is_comment:
        raise Http404("A comment has no card of its own.")
    question = _question_or_404(post.question_id or post.pk, viewer)
    chosen = Post.objects.with_author().with_choice()
    post = chosen.get(pk=post.pk) if post.is_answer else question
    below = thread.get_comments([post], viewer=viewer, asked=CommentRange()).get(post.pk, [])
    reading = load_reading([post, *below], viewer=viewer, rules=rules, has_blocked=_has_blocked(question))
    return post_card(post, question, reading, _comments(post, below, question, reading, QuestionView()))


def get_post_place(post: Post, *, viewer: Person) -> str:
    """Return the address at which `viewer` finds `post` on its question's page, with its anchor.

    Whoever may not read the question, as it was hidden since, is led to the front page: its address tells its title.
    One query more where the thread has several pages, or the post more comments than are shown at first.
    """
    question = post.question
    if question is None:
        return post.get_absolute_url()
    if not permissions.can_read(viewer, question):
        return "/"
    asked = {}
    if post.is_comment and post.parent and post.parent.comment_count > COMMENTS_A_POST:
        before = thread.comments_before(post, viewer=viewer)
        if before >= COMMENTS_A_POST:
            skip = before - before % COMMENTS_AT_ONCE
            asked = {"comments": str(post.parent_id), "skip": str(skip or "")}
    answer_id = (post.parent_id if post.is_comment else post.pk) or 0
    if not asked and answer_id != question.pk and _is_further_down(answer_id, question, viewer):
        asked = {"show": str(answer_id)}
    return f"{paging.with_query(question.get_absolute_url(), **asked)}#{post.anchor}"


def _question_or_404(question_id: int, viewer: Person) -> Post:
    # Four levels are the most a category tree has; the names of all come along.
    related = ("author", "edited_by", "category__parent__parent__parent", "follows__question")
    questions = Question.objects.visible_to(viewer).select_related(*related).filter(pk=question_id)
    if viewer.is_authenticated:
        mine = Follow.objects.filter(member=viewer.pk, question=OuterRef("pk"))
        blocks = MemberBlock.objects.filter(member=viewer.pk)
        read = ReadMark.objects.filter(member=viewer.pk, question=OuterRef("pk"))
        questions = questions.annotate(
            follow_mode=Subquery(mine.values("mode")[:1]),
            has_blocked=Exists(blocks),
            seen_at=Subquery(read.values("seen_at")[:1]),
        )
    question: Post | None = questions.first()
    if question is None or question.status == PostStatus.MERGED:
        raise Http404("There is no such question here.")
    return question


def _has_blocked(question: Post) -> bool:
    """Say whether the viewer for whom the question was loaded has blocked anybody."""
    return bool(getattr(question, "has_blocked", False))


def _seen_at(question: Post) -> datetime | None:
    """Return when the viewer for whom the question was loaded was here last."""
    return getattr(question, "seen_at", None)


def _reader_help(question: Post, *, has_notes: bool) -> str:
    """Return what to tell readers about dangers that its notes or its topic bring; a query where there are notes."""
    if has_notes:
        told = ContentNote.objects.filter(posts=question.pk).exclude(reader_help="").order_by("position", "pk")
        if found := told.values_list("reader_help", flat=True).first():
            return found
    return question.category.nearest("reader_help") if question.category else ""


def _comments(post: Post, below: list[Post], question: Post, reading: Reading, view: QuestionView) -> Comments:
    if post.is_answer:
        post.question = post.parent = question
    label, path = thread.more_comments(post, len(below), question, view.comments)
    return Comments(name_replies([comment_card(comment, post, reading) for comment in below]), label, path)


def _is_further_down(answer_id: int, question: Post, viewer: Person) -> bool:
    return bool(thread.place_of_answer(answer_id, question, viewer=viewer, sort=AnswerSort.HELPFUL).older)


def _crumbs(category: Category | None) -> tuple[Link, ...]:
    crumbs: list[Link] = []
    while category is not None:
        crumbs.insert(0, Link(category.name, category.get_absolute_url()))
        category = category.parent
    return (Link("Questions", "/questions/"), *crumbs)


def _follows(question: Post, viewer: Person) -> Link | None:
    """Return the answer that made somebody ask this, if the viewer may read it."""
    answer = question.follows
    if answer is None or answer.question is None or not answer.is_published:
        return None
    return _link_to(answer.question, answer.get_absolute_url()) if _is_open(answer.question, viewer) else None


def _closure(question: Post, viewer: Person) -> ClosureNotice | None:
    closure = (
        Closure.objects.filter(question=question.pk, lifted_at=None).select_related("duplicate_of", "reason").first()
    )
    if closure is None:
        return None
    other = closure.duplicate_of
    return ClosureNotice(
        sentence=closure.reason.sentence,
        note=closure.note,
        advice=closure.reason.advice if permissions.is_author(viewer, question) else "",
        closed_at=closure.created_at,
        duplicate=_link_to(other, other.get_absolute_url()) if other and _is_open(other, viewer) else None,
    )


def _link_to(question: Post, path: str) -> Link:
    return Link(question.title, path, is_unlisted=question.audience == Audience.UNLISTED)


def _is_open(question: Post, viewer: Person) -> bool:
    return question.is_published and (question.audience != Audience.MEMBERS or viewer.is_authenticated)


def _sorts(question: Post, current: str) -> tuple[Link, ...]:
    path = question.get_absolute_url()
    return tuple(
        Link(
            str(sort.label),
            paging.with_query(path, sort="" if sort == AnswerSort.HELPFUL else sort.value) + "#answers",
            is_current=sort == current,
        )
        for sort in AnswerSort
    )


def _related(question: Post, tags: list[Tag], viewer: Person) -> tuple[Link, ...]:
    """Return questions about the same: of the newest with the rarest tag that says something, else of the newest in the
    category, those whose titles and tags share most words.

    Both sides are walked from the newest by an index, so the cost is the same in a site of any size.
    """
    telling = [tag for tag in tags if tag.question_count >= _A_FEW]
    others = Question.objects.listed_to(viewer).exclude(pk=question.pk)
    if telling:
        rarest = min(telling, key=lambda tag: tag.question_count)
        tagged = TaggedPost.objects.filter(tag=rarest.pk).order_by("-content_object")
        near = others.filter(pk__in=tagged.values("content_object")[:_SUBJECT_MATES]).order_by("-score", "-pk")
    else:
        near = others.filter(category=question.category_id).newest_first()
    own = {*search.tokens(question.title), *(word for tag in tags for word in search.tokens(tag.name))}
    rows = near.values_list(
        *("pk", "slug", "title", "answer_count", "audience", "search_entry__title", "search_entry__tags")
    )
    nearest = sorted(
        rows[:_SUBJECT_MATES], key=lambda row: -len(own & {*(row[5] or "").split(), *(row[6] or "").split()})
    )
    return tuple(
        Link(title, f"/{pk}/{slug}/", count, is_unlisted=audience == Audience.UNLISTED)
        for pk, slug, title, count, audience, *_ in nearest[:RELATED_QUESTIONS]
    )


def _number(text: str) -> int:
    """Return a number from an address that could be a post's, else 0."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else 0
