"""The pictures that links to this site are shown with elsewhere."""

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from forum.queries.share_pictures import SharePicture, get_share_picture, get_site_picture
from forum.views.requests import SiteRequest

_MONTH = 30 * 24 * 60 * 60
_DAY = 24 * 60 * 60


@require_safe
def share_picture(request: SiteRequest, question_id: int) -> HttpResponse:
    """Show a question's title as a picture; its address names the title's version, so it may be kept for long."""
    return _answer(request, get_share_picture(question_id, site=request.site), seconds=_MONTH)


@require_safe
def site_picture(request: SiteRequest) -> HttpResponse:
    """Show the site's name as a picture."""
    return _answer(request, get_site_picture(request.site), seconds=_DAY)


def _answer(request: SiteRequest, picture: SharePicture, *, seconds: int) -> HttpResponse:
    response = HttpResponse(picture.content, "image/png")
    response["Cache-Control"] = f"public, max-age={seconds}"
    response["ETag"] = f'"{picture.version}"'
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
