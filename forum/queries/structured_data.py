"""A question in the words that search engines read: schema.org's QAPage, as Google documents it.

What a page folds is not quoted, nor what a moderator put a notice on, which would be left out: a question stands there
by its title then, an answer not at all.
"""

import html
import re
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.html import strip_tags

from forum.bylines import Byline
from forum.queries.post_cards import PostCard
from forum.queries.question_page import QuestionPage

ANSWERS_QUOTED = 3
"""The chosen answer and the best others: `answerCount` says how many there are, and the page has them all."""

_BLOCK_ENDS = re.compile(r"</(?:p|li|h[1-6]|blockquote|pre|tr)>|<br ?/?>")
_NEW_LINES = re.compile(r"\s*\n\s*")


def get_structured_data(page: QuestionPage) -> list[dict[str, Any]]:
    """Return what search engines are told of a question, and the way to it; nothing without an answer to quote."""
    quoted = [card for card in page.answers if _is_quotable(card)][:ANSWERS_QUOTED]
    if not quoted or page.question.notice:
        return []
    address = f"{settings.SITE_URL}{page.path}"
    question: dict[str, Any] = {
        "@type": "Question",
        "name": page.question.title,
        "text": _text(page.question) if _is_quotable(page.question) else "",
        "answerCount": page.answer_count,
        **_about(page.question),
        "url": address,
    }
    chosen = [card for card in quoted if card.id == page.accepted_answer_id]
    others = [card for card in quoted if card.id != page.accepted_answer_id]
    if chosen:
        question["acceptedAnswer"] = _answer(chosen[0], address)
    if others:
        question["suggestedAnswer"] = [_answer(card, address) for card in others]
    question = {name: value for name, value in question.items() if value != ""}
    return [{"@context": "https://schema.org", "@type": "QAPage", "mainEntity": question}, _way(page)]


def _answer(card: PostCard, address: str) -> dict[str, Any]:
    return {"@type": "Answer", "text": _text(card), **_about(card), "url": f"{address}#{card.anchor}"}


def _about(card: PostCard) -> dict[str, Any]:
    """Return who wrote a post, when, and its votes: ups less downs, as Google asks of sites that have both."""
    changed = {"dateModified": _moment(card.edited_at)} if card.edited_at else {}
    return {
        "author": _person(card.byline),
        "datePublished": _moment(card.created_at),
        **changed,
        "upvoteCount": card.votes.score,
    }


def _person(byline: Byline) -> dict[str, str]:
    address = {"url": f"{settings.SITE_URL}{byline.url}"} if byline.url else {}
    return {"@type": "Person", "name": byline.name, **address}


def _way(page: QuestionPage) -> dict[str, Any]:
    steps = [
        {"@type": "ListItem", "position": place, "name": crumb.label, "item": f"{settings.SITE_URL}{crumb.path}"}
        for place, crumb in enumerate(page.crumbs, start=1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": steps}


def _is_quotable(card: PostCard) -> bool:
    return not (card.notes or card.is_being_checked or card.notice or card.caution)


def _text(card: PostCard) -> str:
    """Return the whole text of a post without its markup, a line for each block."""
    lines = html.unescape(strip_tags(_BLOCK_ENDS.sub("\n", card.html)))
    return _NEW_LINES.sub("\n", lines).strip()


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
