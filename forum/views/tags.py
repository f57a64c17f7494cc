"""Tags: the index, the questions of one, and the names that complete what somebody types."""

from dataclasses import asdict

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forum import permissions
from forum.plaintext import tag_name
from forum.queries.category_tree import get_category_tree
from forum.queries.following import tag_modes
from forum.queries.list_filters import read_filters
from forum.queries.paging import read_place
from forum.queries.question_list import get_question_list, read_sort
from forum.queries.tag_head import get_tag_head
from forum.queries.tag_list import get_completions, get_tag_list
from forum.queries.tag_names import get_unknown
from forum.queries.tag_page import get_tag_or_404
from forum.views.canonical import to_canonical
from forum.views.requests import SiteRequest

_DIGITS = 18  # of a row's number


@require_safe
def tags(request: SiteRequest) -> HttpResponse:
    """Show the tags in use, all or those whose name holds `?q=`."""
    tag_list = get_tag_list(
        request.GET.get("sort", ""), request.GET.get("q", ""), read_place(request.GET), request.viewer
    )
    return render(request, "forum/tags.html", {"list": tag_list, "modes": tag_modes(request.viewer)})


@require_safe
def tag(request: SiteRequest, name: str) -> HttpResponse:
    """Show the questions that carry a tag; another spelling of its name leads to the one we use."""
    found = get_tag_or_404(name, request.viewer)
    if found.slug != name:
        return to_canonical(request, found.get_absolute_url())
    sort = read_sort(request.GET.get("sort", ""))
    tree = get_category_tree()
    context = {
        "list": get_question_list(
            request.viewer, sort, tag=found, place=read_place(request.GET), filters=read_filters(request.GET)
        ),
        "tag": found,
        "head": get_tag_head(found, viewer=request.viewer, rules=request.rules),
        "rail": tree.rail(),
        "total": tree.question_count,
    }
    return render(request, "forum/tag.html", context)


@require_safe
def complete(request: SiteRequest) -> HttpResponse:
    """Answer with the tags that fit what was typed so far."""
    chosen = request.GET.get("category", "")
    category_id = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < _DIGITS else None
    typed = request.GET.get("q", "")
    found = get_completions(typed, request.viewer, category_id=category_id)
    name = tag_name(typed)
    is_new = bool(name) and all(each.name != name for each in found) and bool(get_unknown([name]))
    may_create = is_new and bool(permissions.can_create_tag(request.viewer, request.rules))
    return JsonResponse({"tags": [asdict(each) for each in found], "is_new": is_new, "may_create": may_create})
