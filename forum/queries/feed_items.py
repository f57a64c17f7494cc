"""The posts of a feed as a reader elsewhere sees them: their text in full, every address in it a whole one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from forum.bylines import byline
from forum.choices import PostKind
from forum.models import Guest, Post
from forum.plaintext import without_unsafe_characters
from forum.queries.feeds import read_public
from forum.queries.post_cards import read_cautions, stored_html
from forum.queries.question_rows import note_names, read_tags

_TITLES = {PostKind.QUESTION: "", PostKind.ANSWER: "Answer to: ", PostKind.COMMENT: "Comment on: "}
# In stored HTML (`forum/markup/`) every attribute is in quotes, and "<" stands nowhere but before a tag.
_TAG = re.compile(r"""<(?:a|img)(?: [a-z]+=(?:"[^"]*"|'[^']*'))+""")
_ATTRIBUTE = re.compile(r""" ([a-z]+)=(?:"([^"]*)"|'[^']*')""")


@dataclass(frozen=True)
class FeedItem:
    """One post of a feed. `permalink` never changes, while `url` holds the title's words."""

    title: str
    url: str
    permalink: str
    html: str
    author: str
    author_url: str
    categories: tuple[str, ...]
    created_at: datetime
    updated_at: datetime


def get_feed_items(ids: Sequence[int]) -> tuple[FeedItem, ...]:
    """Return these posts in that order, but for those that went out of sight; three queries, four with a notice."""
    related = ("author", "category", "question__category")
    posts = read_public(ids).select_related(*related).defer("body", "question__body", "question__body_html").in_bulk()
    found = [posts[key] for key in ids if key in posts]
    questions = [post.question_id or post.pk for post in found]
    tags = read_tags(questions)
    notes = note_names([*questions, *posts])
    noticed = [post.pk for post in found if post.has_notice]
    cautions = read_cautions(noticed) if noticed else {}
    items = []
    for post in found:
        question = post.question or post
        html = _text(post, notes.get(post.pk, ()), notes.get(question.pk, ()), cautions.get(post.pk, ""))
        topics = [question.category.name] if question.category else []
        items.append(_item(post, html, [*topics, *(tag.name for tag in tags.get(question.pk, ()))]))
    return tuple(items)


def absolute_html(html: str, path: str) -> str:
    """Return stored HTML with every link and picture at a whole address; `path` is the page that holds the text."""
    bases = {"/": settings.SITE_URL, "#": escape(iri_to_uri(settings.SITE_URL + path))}

    def whole(attribute: re.Match[str]) -> str:
        name, value = attribute[1], attribute[2]
        if name in {"href", "src"} and value and value[0] in bases:
            return f' {name}="{bases[value[0]]}{value}"'
        return attribute[0]

    return _TAG.sub(lambda tag: _ATTRIBUTE.sub(whole, tag[0]), html)


def _item(post: Post, html: str, categories: Sequence[str]) -> FeedItem:
    line = byline(post, Guest())
    title = (post.question or post).title
    return FeedItem(
        title=without_unsafe_characters(_TITLES[PostKind(post.kind)] + title),
        url=_url(post),
        permalink=f"{settings.SITE_URL}/{post.pk}/",
        html=without_unsafe_characters(html),
        author=without_unsafe_characters(f"{line.name} ({line.label.lower()})" if line.label else line.name),
        author_url=settings.SITE_URL + line.url if line.url else "",
        categories=tuple(map(without_unsafe_characters, categories)),
        created_at=post.created_at.replace(microsecond=0),
        updated_at=(post.edited_at or post.created_at).replace(microsecond=0),
    )


def _text(post: Post, notes: Sequence[str], notes_above: Sequence[str], caution: str) -> str:
    """Return the text, or what stands in its place: whoever reads a feed has opened neither it nor its question."""
    before = format_html("<p><strong>{}</strong></p>\n", caution) if caution else SafeString()
    if post.is_being_checked:
        return before + _folded(post, "This post was reported, and a moderator is checking it.")
    if notes or notes_above:
        what = "This post" if notes else "The question this is about"
        return before + _folded(post, f"{what} has a content note: {', '.join(notes or notes_above).lower()}.")
    return before + absolute_html(stored_html(post), post.get_absolute_url())


def _folded(post: Post, why: str) -> SafeString:
    return format_html('<p>{} <a href="{}">Read it on the site.</a></p>', why, iri_to_uri(_url(post)))


def _url(post: Post) -> str:
    return settings.SITE_URL + post.get_absolute_url()
