"""Rendering texts anew after the markup module has changed."""

import pytest

from forum import markup
from forum.actions import rendering
from forum.models import Page, Post, Tag
from tests.factories import make_answer, make_comment, make_tag

pytestmark = pytest.mark.django_db
STALE = {"body_html": "<p>old</p>", "markup_version": 0}


def test_stale_texts_are_rendered_and_fresh_ones_left(question):
    stale, fresh = make_answer(question, body="*New*"), make_answer(question)
    Post.objects.filter(pk=stale.pk).update(**STALE)
    Post.objects.filter(pk=fresh.pk).update(body_html="<p>kept</p>")

    assert sum(rendering.render_anew()) == 1

    assert Post.objects.values_list("body_html", "markup_version").get(pk=stale.pk) == (
        '<p dir="auto"><em>New</em></p>',
        markup.MARKUP_VERSION,
    )
    assert Post.objects.get(pk=fresh.pk).body_html == "<p>kept</p>"
    assert sum(rendering.render_anew()) == 0


def test_everything_is_rendered_when_asked(question):
    make_answer(question)
    Post.objects.update(body_html="<p>old</p>")

    assert sum(rendering.render_anew(everything=True)) == 2
    assert Post.objects.filter(body_html="<p>old</p>").count() == 0


def test_a_comment_is_rendered_as_a_comment(question):
    comment = make_comment(question, body="# Not a heading\n\n*yes*")
    html = comment.body_html
    Post.objects.filter(pk=comment.pk).update(**STALE)

    sum(rendering.render_anew())

    assert Post.objects.get(pk=comment.pk).body_html == html


def test_a_text_that_is_refused_now_keeps_its_html_and_stops_nothing(question):
    refused, after = make_answer(question), make_answer(question)
    Post.objects.filter(pk=refused.pk).update(body="[" * 40_000, **STALE)
    Post.objects.filter(pk=after.pk).update(**STALE)

    sum(rendering.render_anew())

    assert Post.objects.get(pk=refused.pk).body_html == "<p>old</p>"
    assert Post.objects.get(pk=after.pk).body_html == '<p dir="auto">A warm drink, and patience.</p>'


def test_pages_are_rendered_too():
    Page.objects.create(slug="privacy", title="Privacy", body="*Little*", **STALE)

    assert list(rendering.render_anew()) == [1]
    assert "<em>Little</em>" in Page.objects.get().body_html
    assert list(rendering.render_anew()) == []


def test_guides_of_tags_are_rendered_too(db):
    make_tag("nights", guide="*Little*", guide_html="<p>old</p>")
    make_tag("work")

    assert list(rendering.render_anew()) == [1]
    assert "<em>Little</em>" in Tag.objects.get(name="nights").guide_html
    assert list(rendering.render_anew()) == []
