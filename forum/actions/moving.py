"""Move a question to another topic."""

from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.effects import acts, cases, events, places, posts
from forum.models import Category, Person, Post


@atomic_with_retry
def move_question(
    actor: Person, question: Post, *, category: Category, reason: str = "", reply: str = "", case_id: int | None = None
) -> Post:
    """Let `question` stand in `category`, with the tags its author chose; one that does stays as it is."""
    question = posts.lock_thread(question.pk)
    permissions.require(permissions.can_move(actor, question, rules.current()))
    cases.require_open(case_id, actor)
    before = places.facts_of(question)
    if places.move(question, category):
        events.record("question.filed", actor=actor, post=question, data={"tags": [], "left": before["category"]})
        acts.conclude(
            "question.moved",
            actor=actor,
            post=question,
            reason=reason,
            reply=reply,
            case_id=case_id,
            before=before,
            after=places.facts_of(question),
        )
    return question
