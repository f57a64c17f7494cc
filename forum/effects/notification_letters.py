"""Write a mail when it leaves: what it is about is read then, by what its recipient may read."""

from forum.choices import MailChoice, NotificationKind, PostKind
from forum.effects.choices import FOLLOWED_KINDS, ways_for
from forum.effects.envelopes import Letter
from forum.effects.mail_layout import Button, Group, Sheet, Told, letter
from forum.effects.mail_lines import Line, lines_of
from forum.models import Mail, Preferences
from forum.tellings import Telling

_CHOOSE = Button("Choose which emails you get", "/settings/notifications/")


def write(mail: Mail) -> Letter | None:
    """Return what `mail` says of its notifications now, or None when there is nothing to say any more."""
    member = mail.member
    if member is None or member.closed_at is not None or not member.is_active:
        return None
    lines = [line for line in lines_of(mail.notifications.all(), member) if _is_wanted(line, member.pk)]
    if not lines:
        return None
    first = lines[0]
    is_one = len(lines) == 1
    is_open = Preferences.objects.filter(member=member, shows_titles=True).exists()
    heading = first.telling if is_one else Telling("bell", f"{len(lines)} things happened")
    return letter(
        Sheet(
            subject=_subject(first, is_open=is_open) if is_one else heading.sentence,
            preview=_preview(first, is_open=is_open) if is_one else "",
            heading=heading,
            quote=first.excerpt if is_one else "",
            groups=() if is_one else tuple(Group("", "", (Told(each.telling, each.path),)) for each in lines),
            button=Button(_button(first), first.path),
            why=_why(first),
            choose=Button("Change what you follow", "/following/") if first.kind in FOLLOWED_KINDS else _CHOOSE,
            stop=Button("Stop these emails", f"/mail/stop/{mail.token}/"),
        ),
        thread_id=first.thread_id,
    )


def _is_wanted(line: Line, member_id: int) -> bool:
    """Say whether mails about it are still wanted; what one follows is chosen at the follow, not by its kind."""
    return line.kind in FOLLOWED_KINDS or ways_for(line.kind, [member_id])[member_id].mail != MailChoice.NEVER


def _subject(line: Line, *, is_open: bool) -> str:
    """Return the subject, which stands on a locked screen: the question is named for those alone who want that."""
    if line.is_neutral or (line.title and not is_open):
        return neutral_subject(line.kind, line.count)
    told = line.telling
    return f"{told.before}“{told.strong}”{told.after}" if told.strong == line.title != "" else told.sentence


def neutral_subject(kind: NotificationKind, count: int = 1) -> str:
    """Return a subject that says nothing of what it is about, nor who did it."""
    one, many = _NEUTRAL.get(kind, ("You have news", "You have news"))
    return one if count == 1 else many.format(count)


_ANSWER = ("You have a new answer", "You have {} new answers")
_COMMENT = ("You have a new comment", "You have {} new comments")
_NEUTRAL: dict[NotificationKind, tuple[str, str]] = {
    NotificationKind.ANSWERED: _ANSWER,
    NotificationKind.NEW_ANSWER: ("There is a new answer", "There are {} new answers"),
    NotificationKind.COMMENTED: _COMMENT,
    NotificationKind.REPLIED: _COMMENT,
    NotificationKind.MENTIONED: ("You were mentioned", "You were mentioned {} times"),
    NotificationKind.ACCEPTED: ("Your answer was marked as best", "Your answers were marked as best"),
    NotificationKind.VOTED: ("Your post helped", "Your posts helped"),
    NotificationKind.EDITED: ("Your post was edited", "Your post was edited {} times"),
    NotificationKind.SUGGESTED: ("An edit was suggested", "{} edits were suggested"),
    NotificationKind.DECIDED: ("Your suggestion was decided", "{} suggestions were decided"),
    NotificationKind.CLOSED: ("Your question was closed", "Your question was closed"),
    NotificationKind.REOPENED: ("Your question was reopened", "Your question was reopened"),
    NotificationKind.REMINDED: ("Your reminder", "Your reminders"),
    NotificationKind.NEW_QUESTION: ("There is a new post", "There are {} new posts"),
}


def _preview(line: Line, *, is_open: bool) -> str:
    """Return what stands beside the subject in a list of emails: the first words, or nothing of them."""
    return (line.excerpt if is_open else "") or "Open it when it suits you."


def _button(line: Line) -> str:
    if line.kind in _READ_ANSWER:
        return "Read the answer" if line.count == 1 else "Read the answers"
    if line.kind == NotificationKind.NEW_QUESTION:
        return f"Read the {PostKind(line.post_kind).label.lower()}" if line.post_kind else "Read it"
    return _BUTTONS.get(line.kind, "Take a look")


_READ_ANSWER = {NotificationKind.ANSWERED, NotificationKind.NEW_ANSWER}
_BUTTONS: dict[NotificationKind, str] = {
    NotificationKind.COMMENTED: "Read the comment",
    NotificationKind.REPLIED: "Read the comment",
    NotificationKind.MENTIONED: "Read it",
    NotificationKind.MESSAGE: "Read the message",
    NotificationKind.SUGGESTED: "Look at the suggestion",
    NotificationKind.EDITED: "See what changed",
}


def _why(line: Line) -> str:
    if line.kind in FOLLOWED_KINDS:
        return "You got this email because you follow this and chose emails right away."
    return f"You chose emails right away for “{line.kind.label}”."
