"""What mails to people without an account say when they leave."""

from forum import bylines, tokens
from forum.choices import NotificationKind, PostKind
from forum.effects.envelopes import Letter
from forum.effects.mail_layout import Button, Sheet, letter
from forum.effects.subjects import subjects_of
from forum.models import Guest, Mail, MailFollow, Post
from forum.tellings import Telling, telling

CONFIRMING = "confirm:"  # how the key of a mail begins that asks whether its reader wants to follow
LINKING = "link:"  # the same of one that brings a guest their private link
_OPEN_LATER = "Open it when it suits you."


def write_to_guest(mail: Mail) -> Letter | None:
    """Tell a guest of an answer or a comment while it can be read, or bring their private link, while they want it."""
    guest, post = mail.guest, _post_of(mail)
    if guest is None or guest.claimed_by_id is not None or not _still_at(guest.email, mail):
        return None
    if mail.key.startswith(LINKING):
        return _private_link(mail, guest)
    if post is None:
        return None
    if not can_be_told(post) or not Post.objects.visible_to(guest).filter(pk=post.pk).exists():
        return None
    kind = NotificationKind.ANSWERED if post.is_answer else NotificationKind.COMMENTED
    path = f"/guest/{tokens.guest_token(guest.pk)}/?to={post.pk}"
    why = (
        "You left this address when you wrote here without an account. We only use it for these emails. "
        "The link above is private: anyone with it can edit what you wrote."
    )
    return _about(mail, post, kind, path, reader=guest, why=why)


def write_to_follower(mail: Mail) -> Letter | None:
    """Ask whoever follows by mail whether they do; once they have said so, tell them of an answer."""
    follow = mail.mail_follow
    if follow is None or follow.stopped_at is not None or not _still_at(follow.email, mail):
        return None
    reader = Guest()
    if mail.key.startswith(CONFIRMING):
        question = Post.objects.visible_to(reader).select_related("category").filter(pk=follow.question_id).first()
        return _confirmation(mail, follow, question) if question and follow.confirmed_at is None else None
    post = _post_of(mail)
    if post is None or follow.confirmed_at is None or not Post.objects.visible_to(reader).filter(pk=post.pk).exists():
        return None
    why = "You asked us to email you when someone answers this question. We only use your address for that."
    return _about(mail, post, NotificationKind.NEW_ANSWER, f"/{post.pk}/", reader=reader, why=why)


def _private_link(mail: Mail, guest: Guest) -> Letter:
    return letter(
        Sheet(
            subject="Your private link",
            preview="Keep it to find what you wrote from any device.",
            heading=Telling("mail", "Your private link"),
            paragraphs=(
                "Save this private link to find and edit what you wrote from any device. Anyone with it can edit too.",
                "Didn’t write anything here? Ignore this email, or stop the emails below.",
            ),
            button=Button("Open your questions", f"/guest/{tokens.guest_token(guest.pk)}/"),
            why="You left this address when you wrote here without an account. We only use it for these emails.",
            stop=Button("Stop these emails", f"/mail/stop/{mail.token}/"),
        )
    )


def _confirmation(mail: Mail, follow: MailFollow, question: Post) -> Letter:
    is_untold = subjects_of([question]).is_untold(question)
    told = Telling("mail", "Do you want an email when someone answers?")
    about = "a question here" if is_untold else f"“{question.title}”"
    return letter(
        Sheet(
            subject="Please confirm: emails about new answers",
            preview="One tap, and we’ll tell you about each new answer.",
            heading=told,
            paragraphs=(
                f"Someone, probably you, asked for emails about new answers to {about}.",
                "Wasn’t you? Ignore this email, and we won’t send any more.",
            ),
            button=Button("Yes, email me", f"/mail/confirm/{follow.token}/"),
            why="This address was entered in a form. Until you confirm it, this is the only email we’ll send.",
            stop=Button("Never email me about this", f"/mail/stop/{mail.token}/"),
        )
    )


def _about(mail: Mail, post: Post, kind: NotificationKind, path: str, *, reader: Guest, why: str) -> Letter:
    question = post.question or post
    is_untold = subjects_of([post]).is_untold(post)
    excerpt = "" if is_untold or post.is_being_checked else post.excerpt
    told = telling(
        kind,
        name=bylines.byline(post, reader).name,
        title="" if is_untold else question.title,
        post_kind=post.parent.kind if post.parent else PostKind.QUESTION,
    )
    return letter(
        Sheet(
            subject="You have a new comment" if post.is_comment else "You have a new answer",
            preview=_OPEN_LATER,
            heading=told,
            quote=excerpt,
            button=Button(f"Read the {PostKind(post.kind).label.lower()}", path),
            why=why,
            stop=Button("Stop these emails", f"/mail/stop/{mail.token}/"),
        ),
        thread_id=question.pk,
    )


def _post_of(mail: Mail) -> Post | None:
    related = ("author", "parent", "category", "question__category")
    return Post.objects.select_related(*related).filter(events=mail.event_id).first() if mail.event_id else None


def can_be_told(post: Post) -> bool:
    """Say whether others see `post`, with all it stands below."""
    return all(each.is_published for each in (post, post.parent, post.question) if each is not None)


def _still_at(email: str, mail: Mail) -> bool:
    return email.casefold() == mail.address.casefold() != ""
