"""People without an account: back by their private link, and taking over what they wrote once they are members."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from forum import tokens
from forum.actions import claiming, drafting, following
from forum.queries.claim_page import get_claim_page, get_guest, get_newest_place
from forum.queries.guests import get_mailed_guest_or_404
from forum.views import guest_cookie
from forum.views.access import to_sign_in
from forum.views.requests import SiteRequest

_OLD_LINK = "This private link is incomplete or more than a year old."


@require_safe
def guest_posts(request: SiteRequest) -> HttpResponse:
    """Show what was written in this browser without an account; its private link opens them elsewhere."""
    guest = guest_cookie.guest_of(request)
    link = f"{settings.SITE_URL}/guest/{tokens.guest_token(guest.pk)}/" if guest.pk else ""
    stop_path = f"/guest/stop/{tokens.mail_token(guest.pk)}/" if guest.email else ""
    context = {"page": get_claim_page(guest), "link": link, "stop_path": stop_path}
    response = render(request, "forum/guest.html", context)
    response["Cache-Control"] = "no-store"  # it holds the private link
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: SiteRequest, token: str) -> HttpResponse:
    """Let this browser be the guest of the link, once the person has said so, and lead to the post of `?to=`."""
    guest_id = tokens.read_guest_token(token)
    guest = get_guest(guest_id) if guest_id else None
    if guest is None:
        raise Http404(_OLD_LINK)
    place = get_newest_place(guest, request.GET.get("to", ""))
    # Never at a mere tap: behind a link in a post, somebody's own guest could wait to read what the next one writes.
    if request.method != "POST" and guest_cookie.guest_of(request).pk != guest.pk:
        rows = get_claim_page(guest).rows
        stop_path = f"/guest/stop/{tokens.mail_token(guest.pk)}/" if guest.email else ""
        context = {"row": rows[0] if rows else None, "place": place, "stop_path": stop_path}
        response = render(request, "forum/come_back.html", context)
        # Without any Referer, browsers would send the form without its origin, and it would be refused.
        response["Referrer-Policy"] = "strict-origin"
    else:
        response = redirect(place)
        response["Referrer-Policy"] = "no-referrer"
        guest_cookie.remember(response, guest)
    # The address holds a secret: no other page learns it, and no cache keeps it.
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def stop_mails(request: SiteRequest, token: str) -> HttpResponse:
    """Ask whether no more mails shall go to the address a guest left; stop them, whoever it is that presses."""
    guest = get_mailed_guest_or_404(tokens.read_mail_token(token))
    if request.method == "POST":
        following.stop_mails(guest)
        response: HttpResponse = redirect(request.path)
    else:
        response = render(request, "forum/stop_mails.html", {"is_mailed": bool(guest.email)})
    # As for the private link: kept by no cache, and told to no other page.
    response["Referrer-Policy"], response["Cache-Control"] = "strict-origin", "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: SiteRequest) -> HttpResponse:
    """Show what a guest wrote in this browser, or make it the member's."""
    member = request.viewer
    if not isinstance(member, User):
        return to_sign_in(request)
    guest = guest_cookie.guest_of(request)
    if request.method != "POST" or guest.pk is None:
        return render(request, "forum/claim.html", {"page": get_claim_page(guest)})
    drafting.adopt_drafts(member, guest)
    is_anonymous = bool(request.POST.get("is_anonymous"))
    count = claiming.claim_posts(member, guest, is_anonymous=is_anonymous)
    messages.success(request, f"{count} {'post is' if count == 1 else 'posts are'} in your account now.")
    response = redirect(member.get_absolute_url() + ("anonymous/" if is_anonymous and count else ""))
    guest_cookie.forget(response)
    return response
