"""Pages for what cannot be done: each says what to do next."""

import sys

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from accounts.transactions import is_away

_AWAY_SECONDS = 30
_TYPED_MOST = 40_000  # what the page shows again of one field


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400, or 413 when the form was too large."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403 with the sentence of the refusal."""
    sentence = str(exception) if isinstance(exception, PermissionDenied) else ""
    return render(request, "403.html", {"sentence": sentence}, status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404, with the sentence that a view gave on purpose."""
    sentence = str(exception) if type(exception) is Http404 else ""
    match = request.resolver_match
    is_question = match is not None and match.url_name in {"question", "post_address"}
    return render(request, "404.html", {"sentence": sentence, "is_question_address": is_question}, status=404)


def gone(request: HttpRequest) -> HttpResponse:
    """Answer 410: it stood here and was taken down, so search engines forget it sooner than after a 404."""
    return render(request, "410.html", status=410)


def method_not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """Answer 405 and say which methods there are."""
    answer = render(request, "405.html", status=405)
    answer["Allow"] = allowed
    return answer


def too_large(request: HttpRequest) -> HttpResponse:
    """Answer 413."""
    return render(request, "413.html", status=413)


def kept_out(request: HttpRequest, sentence: str) -> HttpResponse:
    """Answer 403 to whoever comes from a network that is blocked, with what was typed to copy."""
    if "text/html" not in request.headers.get("Accept", "text/html"):
        return JsonResponse({"error": sentence}, status=403)
    context = {"sentence": sentence, "typed": _typed(request)}
    return render(request, "403_blocked.html", context, status=403)


def cannot_be_used(request: HttpRequest, sentence: str) -> HttpResponse:
    """Answer 422 with a sentence, for an act that has no form of its own to show again."""
    return render(request, "422.html", {"sentence": sentence}, status=422)


def too_many(request: HttpRequest, sentence: str, retry_after: int) -> HttpResponse:
    """Answer 429 with a sentence, when to come back (in seconds), and what was typed to copy."""
    response = render(request, "429.html", {"sentence": sentence, "typed": _typed(request)}, status=429)
    response["Retry-After"] = str(retry_after)
    return response


def broken_off(request: HttpRequest, sentence: str) -> HttpResponse:
    """Answer 503 to an act that the database broke off twice, with what was typed to copy."""
    response = render(request, "503.html", {"sentence": sentence, "typed": _typed(request)}, status=503)
    response["Retry-After"] = "1"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, or 503 when the database is away, without asking it or the settings for anything."""
    if is_away(sys.exc_info()[1]):
        response = HttpResponse(render_to_string("away.html", {"typed": _typed(request)}), status=503)
        response["Retry-After"] = str(_AWAY_SECONDS)
        return response
    return render(None, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a stale form, with what was typed to copy; nothing is done or kept for a page that is not ours."""
    return render(request, "403_csrf.html", {"typed": _typed(request)}, status=403)


def _typed(request: HttpRequest) -> list[str]:
    return [
        str(value)[:_TYPED_MOST] for name, value in request.POST.items() if name in {"title", "body", "text"} and value
    ]
