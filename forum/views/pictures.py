"""Take pictures in, and show them."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils._os import safe_join
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_safe

from forum.actions import limiting, uploading
from forum.forms.pictures import PictureForm
from forum.limits import PICTURE_BYTES
from forum.queries.pictures import is_visible
from forum.views import guest_cookie
from forum.views.requests import SiteRequest
from forum.views.responses import sentence_of

TOO_LARGE = f"That picture is too large. It may be at most {PICTURE_BYTES // 1_000_000} MB."
_TYPES = {".webp": "image/webp", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif"}
_AVATARS = "avatars/"  # members' own pictures, which stand beside their names on every page
_NO_PICTURE = "There is no such picture here."


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: SiteRequest) -> HttpResponse:
    """Show the form for a picture, or keep the picture: a script gets JSON, a browser the line to copy."""
    if request.method != "POST":
        return render(request, "forum/upload.html", {"form": PictureForm()})
    form = PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        return _refused(request, form, 422)
    file = form.cleaned_data["picture"]
    if file.size > PICTURE_BYTES:
        form.add_error("picture", TOO_LARGE)
        return _refused(request, form, 413)
    return _keep(request, form, file)


@require_safe
def media(request: SiteRequest, path: str) -> HttpResponseBase:
    """Show an uploaded picture to those who may read a text it stands in, as a picture and nothing else."""
    file = _file(path)
    name = file.relative_to(Path(settings.MEDIA_ROOT).absolute()).as_posix()
    if not name.startswith(_AVATARS) and not is_visible(name, viewer=request.viewer, rules=request.rules):
        raise Http404(_NO_PICTURE)
    # Its name is never used again, but who may see it can change: each time it is shown, it is asked for.
    etag = f'"{file.stem}"'
    response = get_conditional_response(request, etag=etag) or _picture(file)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response


def _picture(file: Path) -> FileResponse:
    response = FileResponse(file.open("rb"), content_type=_TYPES[file.suffix])
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _keep(request: SiteRequest, form: PictureForm, file: Any) -> HttpResponse:
    try:
        limiting.spend(request.viewer, request.address, "upload")
        picture = uploading.upload_picture(request.viewer, file)
    except ValidationError as error:
        form.add_error("picture", sentence_of(error))
        return _refused(request, form, 422)
    except limiting.LimitReached as reached:
        form.add_error("picture", reached.sentence)
        response = _refused(request, form, 429)
        response["Retry-After"] = str(reached.retry_after)
        return response
    url = f"/media/{picture.name}"
    if _is_browser(request):
        line = f"![{form.cleaned_data['alt']}]({url})"
        context = {"form": PictureForm(), "url": url, "alt": form.cleaned_data["alt"], "line": line}
        response = render(request, "forum/upload.html", context)
    else:
        response = JsonResponse({"url": url, "width": picture.width, "height": picture.height}, status=201)
    guest_cookie.remember(response, picture.guest)
    return response


def _refused(request: SiteRequest, form: PictureForm, status: int) -> HttpResponse:
    if _is_browser(request):
        return render(request, "forum/upload.html", {"form": form}, status=status)
    sentences = [str(error) for errors in form.errors.values() for error in errors]
    return JsonResponse({"error": " ".join(sentences)}, status=status)


def _is_browser(request: SiteRequest) -> bool:
    return "text/html" in request.headers.get("Accept", "")


def _file(path: str) -> Path:
    try:
        file = Path(safe_join(settings.MEDIA_ROOT, path))
    except SuspiciousFileOperation as error:  # the path leads out of the folder
        raise Http404(_NO_PICTURE) from error
    try:
        is_picture = file.suffix in _TYPES and file.is_file()
    except OSError as error:  # a name longer than any file's
        raise Http404(_NO_PICTURE) from error
    if not is_picture:
        raise Http404(_NO_PICTURE)
    return file
