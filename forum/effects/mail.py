"""Tell people by mail; it leaves when the transaction has succeeded."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string

from forum import bylines, rules, tokens
from forum.models import Category, Guest, Post

_log = logging.getLogger(__name__)


def tell_of_answer(answer: Post) -> None:
    """Tell the person who asked that somebody answered, if they want to know and did not answer themself."""
    question = answer.question
    if question is None or not answer.is_published:
        return
    asker = question.author
    if asker is not None:
        wanted = asker.wants_answer_mail and asker.closed_at is None and asker.pk != answer.author_id
        address, link = asker.email, f"/{question.pk}/{question.slug}/#{answer.anchor}"
    else:
        asker_guest = question.guest or Guest()
        wanted = question.guest_id != answer.guest_id
        address = asker_guest.email
        link = f"/guest/{tokens.guest_token(asker_guest.pk)}/?to={answer.pk}"
    if wanted and address:
        message = _answer_message(answer, question, address, link)
        transaction.on_commit(lambda: _send(message), robust=True)


def _answer_message(answer: Post, question: Post, address: str, link: str) -> EmailMultiAlternatives:
    site = rules.site()
    reader = question.author or question.guest or Guest()
    is_sensitive = Category.objects.above(question.category).filter(is_sensitive=True).exists()
    stop = "/settings/mail/" if question.author else f"/guest/stop/{tokens.mail_token(reader.pk)}/"
    context = {
        "site": site,
        "title": "" if is_sensitive else question.title,
        "text": "" if is_sensitive else answer.excerpt,
        "name": bylines.byline(answer, reader).name,
        "url": f"{settings.SITE_URL}{link}",
        "is_guest": question.author is None,
        "stop_url": f"{settings.SITE_URL}{stop}",
        "help_url": f"{settings.SITE_URL}/help/crisis/",
    }
    subject = f"{site.name}: somebody answered" + ("" if is_sensitive else f" “{question.title}”")
    text = render_to_string("forum/mail/answer.txt", context)
    message = EmailMultiAlternatives(" ".join(subject.split()), text, to=[address])
    message.attach_alternative(render_to_string("forum/mail/answer.html", context), "text/html")
    return message


def _send(message: EmailMultiAlternatives) -> None:
    try:
        message.send()
    except (SMTPException, OSError):  # a mail server that is down must not look like a lost answer
        _log.exception("A mail about an answer could not be sent.")
