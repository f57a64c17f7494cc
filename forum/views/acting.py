"""What every act of moderation on a post has in common: its form, its action, the way back with an undo."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from accounts.paths import own_path
from forum import permissions
from forum.forms.acts import CAUTION, ActForm
from forum.queries import log as log_query
from forum.queries.ask_page import get_category_choices
from forum.queries.lookups import find_question, get_post_or_404
from forum.queries.moderate_page import get_moderate_page
from forum.queries.question_page import get_post_place
from forum.queries.reasons import close_reasons
from forum.views import undo
from forum.views.requests import SiteRequest
from forum.views.responses import sentence_of

Words = dict[str, Any]
Act = Callable[[Any, Any, Words], object]
NO_QUESTION = "There is no such question here. Copy the address of its page."


def act(request: SiteRequest, post_id: int, do: Act, *, said: str, needs: Sequence[str] = ()) -> HttpResponse:
    """Let `do` act on the post with the words of the form, and offer to take it back; `needs` are its own fields."""
    post = get_post_or_404(post_id, viewer=request.viewer)
    form = act_form(request.POST, needs=needs)
    if not form.is_valid():
        return _refuse(request, post, form)
    since = log_query.head_number()
    try:
        do(request.viewer, post, form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, sentence_of(refusal))
        return _refuse(request, post, form)
    undo.offer(request, said, since=since)
    return HttpResponseRedirect(_way_back(request, post_id))


def words(data: Words, *extra: str) -> Words:
    """Return what every action takes, and of what the form asked beside that those called `extra`."""
    told = {"reason": data["reason"], "reply": data["reply"], "case_id": data["case"]}
    return told | {name: data.get(name) for name in extra}


def question_at(number: int | None, viewer: Any) -> Any:
    """Return the question of that number; `ValidationError` where `viewer` reads none, None where none was named."""
    if number is None:
        return None
    found = find_question(number, viewer=viewer)
    if found is None:
        raise ValidationError(NO_QUESTION)
    return found


def act_form(data: Any = None, *, needs: Sequence[str] = (), **began_with: Any) -> ActForm:
    """Return the form of acts; two queries."""
    began = {"text": CAUTION, **began_with}
    return ActForm(data, reasons=close_reasons(), categories=get_category_choices(), needs=needs, initial=began)


def page(request: SiteRequest, post_id: int, form: ActForm, *, status: int = 200) -> HttpResponse:
    """Show the post with every act that fits it."""
    found = get_moderate_page(post_id, viewer=request.viewer, rules=request.rules)
    form.initial.setdefault("category", found.category_id)
    return render(request, "forum/moderate.html", {"page": found, "form": form}, status=status)


def _refuse(request: SiteRequest, post: Any, form: ActForm) -> HttpResponse:
    """Show the page of acts with what was typed and what is missing; who does not see it reads the sentence."""
    sentences = [str(sentence) for told in form.errors.values() for sentence in told]
    if request.htmx or not permissions.can_moderate(request.viewer, request.rules):
        raise ValidationError(sentences)
    return page(request, post.pk, form, status=422)


def _way_back(request: SiteRequest, post_id: int) -> str:
    if wanted := own_path(request.POST.get("next")):
        return wanted
    return get_post_place(get_post_or_404(post_id, viewer=request.viewer), viewer=request.viewer)
