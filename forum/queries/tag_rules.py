"""What a topic asks of the tags of its questions."""

from forum.effects import tag_rules
from forum.models import Category


def required_names(category_id: int) -> tuple[str, ...]:
    """Return the tags of which a question in this topic carries one, most used first; none for an unknown topic."""
    category = Category.objects.filter(pk=category_id).first()
    return tuple(tag_rules.required_in(category, with_reserved=False)) if category else ()
