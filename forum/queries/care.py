"""Whether words call for care: those of a form while it is written, and those of a search."""

from forum import markup, plaintext
from forum.models import CarePhrase


def calls_for_care(title: str, body: str) -> bool:
    """Say whether a text in a form holds words that may say that somebody is in danger; one query, none for nothing.

    The text is only looked at: it is kept nowhere, and opens no case before it is posted.
    """
    if not (title.strip() or body.strip()):
        return False
    return bool(CarePhrase.objects.all().watch().find(f"{title}.\n{_shown(body)}"))


def care_words(search: str) -> frozenset[str]:
    """Return the words of a search that may say that somebody is in danger; one query."""
    found = CarePhrase.objects.all().watch().find(search, in_search=True)
    return frozenset(word for each in found for word in each.words)


def _shown(body: str) -> str:
    try:
        return plaintext.shown_in(markup.render(body))
    except markup.TextRefused:
        return body
