"""The sentence for each kind of notification, which inbox, mails and summaries share."""

from dataclasses import dataclass

from forum.choices import NotificationKind, PostKind

_YOURS: dict[str, str] = {
    PostKind.QUESTION: "your question",
    PostKind.ANSWER: "your answer",
    PostKind.COMMENT: "your comment",
}
_A: dict[str, str] = {PostKind.QUESTION: "a question", PostKind.ANSWER: "an answer", PostKind.COMMENT: "a comment"}
_SOMEBODY = "Someone"


@dataclass(frozen=True)
class Telling:
    """One sentence in three parts, of which the middle one is strong; `icon` is a symbol of `static/icons.svg`.

    The parts are set one after the other as they are. Where the title must not be told, `strong` may be empty.
    """

    icon: str
    before: str
    strong: str = ""
    after: str = ""

    @property
    def sentence(self) -> str:
        """The whole sentence as plain text."""
        return f"{self.before}{self.strong}{self.after}".strip()


def telling(
    kind: NotificationKind | str,
    *,
    count: int = 1,
    name: str = "",
    title: str = "",
    post_kind: PostKind | str = "",
    detail: str = "",
) -> Telling:
    """Say what happened, `count` times of one kind about one thing, the last time by `name` (that of a byline).

    `title` is that of the question it is about; empty, nothing of the subject is said. `post_kind` is the kind of the
    reader's own post (COMMENTED, VOTED, EDITED, SUGGESTED) or of the new post (MENTIONED, NEW_QUESTION). `detail` is:
    VOTED: how many people; POINTS: how many points, as shown; CLOSED: why, in the words people see; DECIDED:
    "approved" or "rejected"; REPORTED: the sentence of result, or nothing.
    """
    kind, yours = NotificationKind(kind), _YOURS.get(post_kind, "your post")
    if kind == NotificationKind.CLOSED:
        return _closed(title, detail)
    if kind == NotificationKind.POINTS:
        return Telling("trend", "You reached ", f"{detail} points", ". Thank you for being there for people here.")
    if kind == NotificationKind.VOTED:
        people = "1 person" if detail == "1" else f"{detail or 'Several'} people"
        said = f" marked it as helpful – {title}" if title else " marked it as helpful."
        return Telling("heart", f"{yours.capitalize()} helped. ", people, said)
    if kind == NotificationKind.REPORTED:
        return Telling("flag", detail or "Moderators have looked at your report. Thank you.")
    if kind == NotificationKind.URGENT:
        title = ""  # it stands where others may look over a shoulder
    if kind == NotificationKind.NEW_QUESTION:
        return _new_post(count, name or _SOMEBODY, title, post_kind)
    icon, one, many = _SENTENCES[kind]
    outcome = _OUTCOMES.get(detail, "was decided") if kind == NotificationKind.DECIDED else ""
    words = one if count == 1 else many or one
    said = words.format(
        count=count, name=name or _SOMEBODY, yours=yours, a=_A.get(post_kind, "a post"), outcome=outcome
    )
    is_about_the_title = said.endswith(("question", "a question you follow"))
    return _about(icon, said, title, link=" " if is_about_the_title else " – ")


# For each kind: its icon, its sentence about one, and about several where there can be several.
_SENTENCES: dict[NotificationKind, tuple[str, str, str]] = {
    NotificationKind.ANSWERED: ("check-c", "{name} answered your question", "{count} new answers to your question"),
    NotificationKind.NEW_ANSWER: (
        "bell",
        "{name} answered a question you follow",
        "{count} new answers to a question you follow",
    ),
    NotificationKind.COMMENTED: ("chat", "{name} commented on {yours}", "{count} new comments on {yours}"),
    NotificationKind.REPLIED: ("chat", "{name} replied below your comment", "{count} new replies below your comment"),
    NotificationKind.MENTIONED: ("user", "{name} mentioned you in {a}", "You were mentioned {count} times"),
    NotificationKind.EDITED: ("edit", "{name} edited {yours}", "{count} edits to {yours}"),
    NotificationKind.SUGGESTED: ("draft", "{name} suggested an edit to {yours}", "{count} suggested edits to {yours}"),
    NotificationKind.ACCEPTED: ("check-c", "Your answer was marked as best", ""),
    NotificationKind.REMINDED: ("save", "You asked to be reminded", ""),
    NotificationKind.REOPENED: ("restore", "Your question was reopened", ""),
    NotificationKind.DECIDED: ("edit", "The edit you suggested {outcome}", "{count} edits you suggested were decided"),
    NotificationKind.URGENT: ("buoy", "Someone may be in danger. Please look at the case now", ""),
    NotificationKind.MESSAGE: ("shield", "The moderators wrote to you", "{count} messages from the moderators"),
}
_OUTCOMES = {"approved": "was approved. Thank you", "rejected": "was rejected"}


def _closed(title: str, why: str) -> Telling:
    said = f" was closed: {why}" if why else " was closed"
    return Telling("lock", "Your question ", title, said) if title else Telling("lock", f"Your question{said}")


def _new_post(count: int, name: str, title: str, post_kind: str) -> Telling:
    if count > 1:
        return _about("compass", f"{count} new posts", title, link=" – ")
    if post_kind in {PostKind.ANSWER, PostKind.COMMENT}:
        act = "answered" if post_kind == PostKind.ANSWER else "commented on"
        return _about("compass", f"{name} {act}" if title else f"{name} {act} a question", title)
    return _about("compass", f"{name} asked" if title else f"{name} asked a question", title)


def _about(icon: str, words: str, title: str, *, link: str = " ") -> Telling:
    return Telling(icon, f"{words}{link}", title) if title else Telling(icon, words)
