"""Choose the best answer."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from forum.actions import answering
from forum.forms.votes import AcceptForm
from forum.queries.lookups import get_answer_or_404
from forum.queries.question_page import get_post_place, get_question_page
from forum.views.access import to_sign_in
from forum.views.requests import SiteRequest
from forum.views.responses import partial_or_redirect


@require_POST
def accept(request: SiteRequest, post_id: int) -> HttpResponse:
    """Make an answer the best one, or take that back; the list of answers comes in its new order."""
    viewer = request.viewer
    if viewer.pk is None:  # nobody has asked anything: perhaps a member whose session ended
        return to_sign_in(request)
    answer = get_answer_or_404(post_id, viewer=viewer)
    form = AcceptForm(request.POST)
    if not form.is_valid():
        raise ValidationError("Please use the button below the answer.")
    if form.cleaned_data["choice"] == "accept":
        answer = answering.accept_answer(viewer, answer)
    else:
        answer = answering.unaccept_answer(viewer, answer)
    page = get_question_page(answer.question_id or 0, viewer=viewer, rules=request.site.rules)
    place = get_post_place(answer, viewer=viewer)
    return partial_or_redirect(request, "forum/partials/answers.html", {"page": page}, to=place)
