"""What search engines and browsers ask this site about itself, in XML."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.views.decorators.http import conditional_page, require_safe

from forum.queries.sitemaps import get_sitemap, get_sitemap_index
from forum.views.requests import SiteRequest

_XML = "application/xml"


@require_safe
@conditional_page
def sitemap_index(request: SiteRequest) -> HttpResponse:
    """Name every part of the sitemap, and when something last happened in it."""
    return TemplateResponse(request, "sitemap_index.xml", {"sitemaps": get_sitemap_index()}, content_type=_XML)


@require_safe
@conditional_page
def sitemap(request: SiteRequest, part: str) -> HttpResponse:
    """Name the public pages of one part.

    A 304 goes by the whole content: what was taken out makes nothing newer.
    """
    return TemplateResponse(request, "sitemap.xml", {"urlset": get_sitemap(part)}, content_type=_XML)


@require_safe
@conditional_page
def opensearch(request: SiteRequest) -> HttpResponse:
    """Tell browsers how to search here from their address bar."""
    return render(request, "forum/opensearch.xml", content_type="application/opensearchdescription+xml")
