"""Stop mails by the link in each, signed in or not; follow a question by mail, and confirm it."""

from http import HTTPStatus
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from forum.actions import limiting, mail_following, unsubscribing
from forum.choices import Stop
from forum.forms.following import FollowByMailForm
from forum.queries.blocks import email_refusal
from forum.queries.lookups import get_question_or_404
from forum.queries.mail_stops import get_confirm_page, get_mail_follow_or_404, get_mail_or_404, get_stop_page
from forum.views.requests import SiteRequest

if TYPE_CHECKING:
    from forum.models import Post

_ONE_CLICK = "One-Click"
_CHECK_MAIL = "Check your email for a link to confirm."


@csrf_exempt  # pressed by mail programs (RFC 8058), without cookies; the address is secret, and `_by_hand` is protected
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request: SiteRequest, token: UUID) -> HttpResponse:
    """Stop mails at once for a mail program; let whoever holds the link choose which shall stop, or come again."""
    if request.method == "POST" and request.POST.get("List-Unsubscribe") == _ONE_CLICK:
        unsubscribing.stop_mails(get_mail_or_404(token))
        return _secret(HttpResponse("These emails are stopped.\n", content_type="text/plain; charset=utf-8"))
    return _by_hand(request, token)


@csrf_protect
def _by_hand(request: SiteRequest, token: UUID) -> HttpResponse:
    mail = get_mail_or_404(token)
    if request.method == "POST":
        what = request.POST.get("stop", "")
        if what == "undo":
            unsubscribing.resume_mails(mail)
        else:
            unsubscribing.stop_mails(mail, Stop(what) if what in Stop.values else Stop.KIND)
        return _secret(redirect(request.path))
    return _secret(render(request, "forum/stop_mail.html", {"page": get_stop_page(mail)}))


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_mail_follow(request: SiteRequest, token: UUID) -> HttpResponse:
    """Ask whether somebody follows a question by mail; what only looks at links confirms nothing."""
    follow = get_mail_follow_or_404(token)
    if request.method == "POST":
        if request.POST.get("stop"):
            unsubscribing.stop_mail_follow(follow)
        else:
            mail_following.confirm_mail_follow(follow)
        return _secret(redirect(request.path))
    return _secret(render(request, "forum/confirm_mail_follow.html", {"page": get_confirm_page(follow)}))


@require_http_methods(["GET", "HEAD", "POST"])
def follow_by_mail(request: SiteRequest, post_id: int) -> HttpResponse:
    """Let somebody without an account follow a question by mail, once they have confirmed the address."""
    question = get_question_or_404(post_id, viewer=request.viewer)
    form = FollowByMailForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK if request.method != "POST" else _follow(request, question, form)
    if request.method == "POST" and status == HTTPStatus.OK:
        messages.success(request, _CHECK_MAIL)
        return redirect(question.get_absolute_url())
    context = {"form": form, "question": question}
    return render(request, "forum/follow_by_mail.html", context, status=status)


def _follow(request: SiteRequest, question: "Post", form: FollowByMailForm) -> HTTPStatus:
    """Do it when the form is right and nobody asks too often; what is refused stands on the form as a sentence."""
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    email = form.cleaned_data["email"]
    if refusal := email_refusal(email, request.site):
        form.add_error("email", refusal)
        return HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        limiting.spend(request.viewer, request.address, "mail_follow")
    except limiting.LimitReached as reached:
        form.add_error(None, reached.sentence)
        return HTTPStatus.TOO_MANY_REQUESTS
    if not form.cleaned_data["website"]:  # filled in by a program: it is told the same, and no mail leaves
        mail_following.follow_by_mail(request.viewer, question, email)
    return HTTPStatus.OK


def _secret(response: HttpResponse) -> HttpResponse:
    """Keep the address with its secret from caches, search engines and other pages."""
    response["Referrer-Policy"], response["Cache-Control"] = "strict-origin", "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
