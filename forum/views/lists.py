"""Lists of questions: home, the whole site in seven orders, and one topic."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forum import permissions
from forum.choices import Followable, Sort, Unanswered
from forum.queries.category_tree import get_category_tree
from forum.queries.following import mode_of
from forum.queries.list_filters import read_filters
from forum.queries.paging import TOP, read_place
from forum.queries.question_list import get_question_list, read_sort
from forum.queries.sidebar import get_sidebar
from forum.views.canonical import to_canonical
from forum.views.requests import SiteRequest
from forum.views.site import WELCOME_COOKIE

_LACKING: dict[str, str] = {
    Unanswered.SELECTED: "Questions without a best answer",
    Unanswered.UPVOTES: "Questions without an upvoted answer",
}
_TITLES = {
    Sort.NEWEST: "Questions",
    Sort.ACTIVE: "Recent activity",
    Sort.UNANSWERED: "Questions that need a first answer",
    Sort.VOTES: "Most voted questions",
    Sort.ANSWERS: "Questions with the most answers",
    Sort.VIEWS: "Most viewed questions",
    Sort.HOT: "Hot questions",
}


@require_safe
def home(request: SiteRequest) -> HttpResponse:
    """Show the newest questions, with a welcome until the reader closes it."""
    context = {
        "list": get_question_list(request.viewer, Sort.NEWEST, place=TOP, has_pinned=True),
        "shows_welcome": WELCOME_COOKIE not in request.COOKIES and not request.viewer.is_authenticated,
    }
    return render(request, "forum/home.html", context | _surroundings())


@require_safe
def questions(request: SiteRequest) -> HttpResponse:
    """Show the questions of the whole site in the order that `?sort=` names."""
    return _whole_site(request, read_sort(request.GET.get("sort", "")))


@require_safe
def unanswered(request: SiteRequest) -> HttpResponse:
    """Show the questions that nobody has answered."""
    return _whole_site(request, Sort.UNANSWERED)


@require_safe
def hot(request: SiteRequest) -> HttpResponse:
    """Show what is new and well liked."""
    return _whole_site(request, Sort.HOT)


@require_safe
def activity(request: SiteRequest) -> HttpResponse:
    """Show the questions where something happened last."""
    return _whole_site(request, Sort.ACTIVE)


@require_safe
def category(request: SiteRequest, path: str) -> HttpResponse:
    """Show the questions of a topic and everything below it; from an address it had before, lead to where it stands."""
    tree = get_category_tree()
    topic = tree.find(path)
    if not topic.stands_at(path):
        return to_canonical(request, topic.path)
    sort = read_sort(request.GET.get("sort", ""))
    context = {
        "list": get_question_list(
            request.viewer,
            sort,
            category=topic,
            place=read_place(request.GET),
            has_pinned=True,
            filters=read_filters(request.GET),
        ),
        "title": topic.name,
        "category": topic,
        "may_ask": permissions.can_ask_in(request.viewer, topic, request.rules),
        "follow_mode": mode_of(Followable.TOPIC, topic.id, request.viewer),
        "way": tree.way_to(topic)[:-1],
        "total": tree.question_count,
        "rail": tree.rail(topic),
        "sidebar": get_sidebar(),
    }
    return render(request, "forum/question_list.html", context)


def _whole_site(request: SiteRequest, sort: Sort) -> HttpResponse:
    filters = read_filters(request.GET)
    found = get_question_list(request.viewer, sort, place=read_place(request.GET), has_pinned=True, filters=filters)
    context = {"list": found, "title": _LACKING.get(found.filters.by) or _TITLES[sort]}
    return render(request, "forum/question_list.html", context | _surroundings())


def _surroundings() -> dict[str, Any]:
    tree = get_category_tree()
    return {"rail": tree.rail(), "total": tree.question_count, "sidebar": get_sidebar()}
