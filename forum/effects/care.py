"""Notice words that may say that somebody is in danger, and call the moderators; nothing happens to the text."""

from forum import plaintext
from forum.care import Found
from forum.choices import CaseKind, Urgency
from forum.effects import cases
from forum.models import CarePhrase, Case, Post

_SENTENCES_MOST = 40  # of one case: more say nothing new, and guests may add to it


def look(post: Post) -> bool:
    """Open an urgent case when what `post` says now calls for care; return whether it does. Lock the thread first.

    Words that a moderator has looked at and decided about open no second case; others do.
    """
    found = CarePhrase.objects.all().watch().find(f"{post.title}.\n{plaintext.shown_in(post.body_html)}")
    sentences = [_sentence(each) for each in found]
    if not sentences:
        return False
    if not set(sentences) <= _decided(post):
        call(post, sentences)
        post.needs_care = True
    return True


def call(post: Post, sentences: list[str]) -> Case:
    """Return the urgent case about `post`, with these sentences; the moderators hear of it once."""
    case = cases.open_case(CaseKind.REPORT, post=post, urgency=Urgency.URGENT, is_care=True)
    room = max(0, _SENTENCES_MOST - len(case.details))
    return cases.open_case(CaseKind.REPORT, post=post, urgency=Urgency.URGENT, is_care=True, details=sentences[:room])


def _decided(post: Post) -> set[str]:
    """Return what was said of `post` in cases that a person has decided."""
    closed = Case.objects.filter(post_id=post.pk, is_care=True).exclude(closed_by=None)
    return {sentence for details in closed.values_list("details", flat=True) for sentence in details}


def _sentence(found: Found) -> str:
    return f"Someone may be in danger. It says “{' '.join(found.words)}”."
