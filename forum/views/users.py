"""People: the list of members, a member's page, what they wrote, and the ledger of their points."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from forum.choices import PostKind
from forum.queries.ledger import get_ledger
from forum.queries.members import get_member_or_404
from forum.queries.paging import read_place
from forum.queries.user_list import get_people_list
from forum.queries.user_page import get_member_anonymous, get_member_head, get_member_page, get_member_posts
from forum.views.canonical import to_canonical
from forum.views.requests import SiteRequest

MemberView = Callable[[SiteRequest, User], HttpResponse]
NamedView = Callable[[SiteRequest, str], HttpResponse]


def of_member(part: str) -> Callable[[MemberView], NamedView]:
    """Find the member whom the address names; another spelling of the name leads to the member's own, and `part`."""

    def decorate(view: MemberView) -> NamedView:
        @wraps(view)
        def find(request: SiteRequest, name: str) -> HttpResponse:
            member = get_member_or_404(name)
            if member.username != name:
                return to_canonical(request, member.get_absolute_url() + part)
            return view(request, member)

        return require_safe(find)

    return decorate


@require_safe
def users(request: SiteRequest) -> HttpResponse:
    """Show the members, all or those whose name holds `?q=`."""
    sort, search = request.GET.get("sort", ""), request.GET.get("q", "")
    people = get_people_list(request.viewer, sort, search, read_place(request.GET))
    return render(request, "forum/users.html", {"list": people})


@of_member("")
def user(request: SiteRequest, member: User) -> HttpResponse:
    """Show a member's page."""
    page = get_member_page(member, request.viewer, as_others=request.GET.get("as") == "others")
    return render(request, "forum/user.html", {"member": page})


@of_member("card/")
def card(request: SiteRequest, member: User) -> HttpResponse:
    """Show who a member is in a few lines, for whoever points at their name."""
    return render(request, "forum/partials/member_card.html", {"head": get_member_head(member, request.viewer)})


@of_member("questions/")
def questions(request: SiteRequest, member: User) -> HttpResponse:
    """Show the questions a member asked under their name."""
    return _posts(request, member, "questions", PostKind.QUESTION)


@of_member("answers/")
def answers(request: SiteRequest, member: User) -> HttpResponse:
    """Show the answers a member gave under their name."""
    return _posts(request, member, "answers", PostKind.ANSWER)


@of_member("activity/")
def activity(request: SiteRequest, member: User) -> HttpResponse:
    """Show everything a member wrote under their name."""
    return _posts(request, member, "activity", None)


@of_member("anonymous/")
def anonymous(request: SiteRequest, member: User) -> HttpResponse:
    """Show what a member wrote without their name, to themself alone."""
    url = f"{member.get_absolute_url()}anonymous/"
    posts = get_member_anonymous(member, request.viewer, read_place(request.GET), url)
    return render(request, "forum/user_anonymous.html", {"posts": posts, "url": url})


@of_member("points/")
def points(request: SiteRequest, member: User) -> HttpResponse:
    """Show every line of a member's points, to the member and to administrators."""
    return render(request, "forum/ledger.html", {"ledger": get_ledger(member, request.viewer, read_place(request.GET))})


def _posts(request: SiteRequest, member: User, tab: str, kind: PostKind | None) -> HttpResponse:
    url = f"{member.get_absolute_url()}{tab}/"
    posts = get_member_posts(member, request.viewer, read_place(request.GET), url, kind)
    return render(request, "forum/user_posts.html", {"posts": posts, "tab": tab, "url": url})
