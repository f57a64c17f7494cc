"""Put a question where somebody with the same question would look: its topic and its tags."""

from django.core.exceptions import ValidationError

from accounts.models import User
from forum.effects import cases, scores
from forum.effects.log import Facts, Inverse, Turn
from forum.models import Category, LogEntry, Post


def move(question: Post, category: Category) -> bool:
    """Let `question` stand in `category`; return whether it stood elsewhere. Lock the thread first."""
    before = question.category
    if before is None or before.pk == category.pk:
        return False
    question.category = category
    Post.objects.filter(pk=question.pk).update(category=category)
    scores.recount_categories([before, category])
    cases.move(question)
    return True


def facts_of(question: Post) -> Facts:
    """Return where `question` stands, for the log."""
    return {"category": question.category_id}


def _move_back(entry: LogEntry, _actor: User, _reason: str) -> Turn:
    question = entry.post
    if question is None:
        raise ValidationError("It no longer exists.")
    now = facts_of(question)
    before, after = ({"category": facts["category"]} for facts in (entry.text.before, entry.text.after))
    if now == before:
        return Turn("question.moved", changed=False)
    category = Category.objects.filter(pk=before["category"]).first()
    if category is None:
        raise ValidationError("The topic it was in no longer exists.")
    if now != after:
        raise ValidationError("Someone has moved it since. Undo that first.")
    move(question, category)
    return Turn("question.moved", before=now, after=before)


INVERSES: dict[str, Inverse] = {"question.moved": _move_back}
