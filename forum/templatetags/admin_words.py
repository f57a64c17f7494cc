"""The filters of the administration's templates."""

from django import template
from django.contrib.messages.storage.base import Message

register = template.Library()


@register.filter
def undo_word(message: Message) -> str:
    """Return the signed word of the message's "Undo" button; empty when there is nothing to take back."""
    match (message.extra_tags or "").split():
        case ["undo", word]:
            return word
        case _:
            return ""
