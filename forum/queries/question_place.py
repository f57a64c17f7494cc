"""The question a post stands below, as lists of one's own things name it: only for those who may read it."""

from dataclasses import dataclass

from forum import permissions
from forum.models import Person, Post

NOT_PUBLIC = "A question that isn’t public"


@dataclass(frozen=True)
class QuestionPlace:
    """The title and address of a question; without an address the viewer may not read it."""

    title: str
    path: str


def question_place(post: Post, viewer: Person) -> QuestionPlace:
    """Return the question of `post`, or `post` itself; load `question` before. The address, too, tells the title.

    Who wrote below a question that was hidden since still reads their own words, and nothing of the question.
    """
    question = post.question or post
    if permissions.can_read(viewer, question):
        return QuestionPlace(question.title, question.get_absolute_url())
    return QuestionPlace(NOT_PUBLIC, "")
