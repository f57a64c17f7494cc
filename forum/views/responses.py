"""The answer to an act: the changed piece for htmx, else the way back to the thing's place."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string

from forum.views.requests import SiteRequest


def partial_or_redirect(
    request: SiteRequest, template: str, context: dict[str, Any], *, to: str, said: str = ""
) -> HttpResponse:
    """Answer an act with the page's own partial when htmx asked, else go to `to`, saying `said` there.

    What the act said by a message goes along with the partial, to where messages stand on every page.
    """
    if request.htmx:
        answer = render(request, template, context)
        if getattr(messages.get_messages(request), "added_new", False):
            answer.write(render_to_string("partials/messages_now.html", request=request))
        return answer
    if said:
        messages.success(request, said)
    return HttpResponseRedirect(to)


def sentence_of(refusal: ValidationError) -> str:
    """Return what a `ValidationError` says, in one line."""
    return " ".join(refusal.messages)
