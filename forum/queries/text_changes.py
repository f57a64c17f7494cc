"""What differs between two texts of a post, ready to be shown."""

from dataclasses import dataclass

from forum import changes
from forum.changes import Piece, Row
from forum.effects.suggestions import Words


@dataclass(frozen=True)
class TextChanges:
    """The words of title and body that differ, and the tags; nothing of each where nothing does."""

    title: tuple[Piece, ...] = ()
    rows: tuple[Row, ...] = ()
    tags_added: tuple[str, ...] = ()
    tags_removed: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.title or self.rows or self.tags_added or self.tags_removed)


def changes_between(before: Words, after: Words) -> TextChanges:
    """Return how `after` differs from `before`."""
    return TextChanges(
        title=changes.words_changed(before.title, after.title) if before.title != after.title else (),
        rows=changes.rows_changed(before.body, after.body),
        tags_added=tuple(tag for tag in after.tags if tag not in before.tags),
        tags_removed=tuple(tag for tag in before.tags if tag not in after.tags),
    )
