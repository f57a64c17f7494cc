"""What the tags and filters put into a page."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.templatetags.static import static
from django.utils import timezone

from accounts.avatars import drawn_avatar
from forum.templatetags import forum_tags


class EveryKindForm(forms.Form):
    title = forms.CharField(widget=forms.TextInput(attrs={"class": "wide"}))
    body = forms.CharField(widget=forms.Textarea)
    topic = forms.ChoiceField(choices=[("a", "A")])
    want = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    notes = forms.MultipleChoiceField(choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)
    anonymous = forms.BooleanField()
    picture = forms.FileField()
    token = forms.CharField(widget=forms.HiddenInput)


def render(source, **context):
    return Template("{% load forum_tags %}" + source).render(Context(context))


def symbols(file_name):
    text = (Path(settings.BASE_DIR) / "static" / file_name).read_text()
    return set(re.findall(r'<symbol id="([^"]+)"', text))


def test_icon_points_at_the_sprite():
    html = render('{% icon "chat" %}')

    assert html == f'<svg class="i" aria-hidden="true"><use href="{static("icons.svg")}#chat"/></svg>'


def test_icon_small_and_mirrored():
    html = render('{% icon "right" "s" %}')

    assert html == f'<svg class="i i-s flip" aria-hidden="true"><use href="{static("icons.svg")}#right"/></svg>'


def test_every_icon_that_templates_name_is_in_the_sprite():
    templates = (Path(settings.BASE_DIR) / "templates").rglob("*.html")
    named = {name for page in templates for name in re.findall(r'{% icon "([^"]+)"', page.read_text())}

    assert named - symbols("icons.svg") == set()
    assert "search" in named


def test_avatar_sprite_draws_every_key():
    assert symbols("avatars.svg") == forum_tags._DRAWN | {"anon"}


@pytest.mark.parametrize(
    "key, size, html",
    [
        ("a17", "", '<span class="av"><svg aria-hidden="true"><use href="{sprite}#a17"/></svg></span>'),
        ("a17", "xl", '<span class="av av-xl"><svg aria-hidden="true"><use href="{sprite}#a17"/></svg></span>'),
        ("anon", "s", '<span class="av av-s av-anon"><svg aria-hidden="true"><use href="{sprite}#anon"/></svg></span>'),
        ("a999", "", '<span class="av av-anon"><svg aria-hidden="true"><use href="{sprite}#anon"/></svg></span>'),
        ('"><script>', "", '<span class="av av-anon"><svg aria-hidden="true"><use href="{sprite}#anon"/></svg></span>'),
        (
            "/media/x.webp",
            "",
            '<span class="av"><img src="/media/x.webp" alt="" loading="lazy" decoding="async"></span>',
        ),
    ],
)
def test_avatar(key, size, html):
    assert render("{% avatar key size %}", key=key, size=size) == html.format(sprite=static("avatars.svg"))


def test_avatar_of_shows_a_members_own_picture():
    drawn = render("{% avatar_of member %}", member=SimpleNamespace(pk=7, picture=""))
    uploaded = render("{% avatar_of member %}", member=SimpleNamespace(pk=7, picture="avatars/7.webp"))

    assert drawn == render("{% avatar key %}", key=drawn_avatar(7))
    assert (
        uploaded == '<span class="av"><img src="/media/avatars/7.webp" alt="" loading="lazy" decoding="async"></span>'
    )


def test_time_ago_says_both_times():
    moment = datetime(2024, 3, 11, 9, 5, tzinfo=UTC)

    html = render("{{ moment|time_ago }}", moment=moment)

    assert html == '<time datetime="2024-03-11T09:05:00Z" title="11 March 2024, 09:05 UTC">11 March 2024</time>'


def test_time_ago_after_a_verb_is_one_sentence():
    just_now = render('{{ moment|time_ago:"Asked" }}', moment=timezone.now())
    long_ago = render('{{ moment|time_ago:"Asked" }}', moment=timezone.now() - timedelta(minutes=5))

    assert re.sub("<[^>]+>", "", just_now) == "Asked just now"
    assert re.sub("<[^>]+>", "", long_ago) == "Asked 5 minutes ago"


def test_time_ago_after_a_verb_keeps_the_month_capital():
    html = render('{{ moment|time_ago:"Asked" }}', moment=datetime(2024, 3, 11, tzinfo=UTC))

    assert re.sub("<[^>]+>", "", html) == "Asked 11 March 2024"


def test_time_ago_of_nothing_is_nothing():
    assert render("{{ moment|time_ago }}", moment=None) == ""


def test_number_filters():
    html = render('{{ 6700|points }} {{ 1284|count }} {{ 1284|count:"short" }} {{ score|signed }}', score=-2)

    assert html == "6.7k 1,284 1.2k −2"


@pytest.mark.parametrize(
    "name, kind",
    [
        ("title", "input"),
        ("body", "textarea"),
        ("topic", "select"),
        ("want", "radios"),
        ("notes", "checks"),
        ("anonymous", "switch"),
        ("picture", "file"),
        ("token", "hidden"),
    ],
)
def test_field_kind(name, kind):
    assert forum_tags.field_kind(EveryKindForm()[name]) == kind


def test_control_adds_classes_and_data_and_leaves_empty_ones_out():
    html = render('{% control form.title data_tags_url="/tags/complete/" placeholder="" %}', form=EveryKindForm())

    assert html == (
        '<input type="text" name="title" class="input wide" data-tags-url="/tags/complete/" required id="id_title">'
    )


def test_control_makes_a_checkbox_a_switch():
    html = render("{% control form.anonymous %}", form=EveryKindForm())

    assert html == '<input type="checkbox" name="anonymous" class="switch" role="switch" required id="id_anonymous">'


@pytest.mark.parametrize(
    "label, parts",
    [
        ("compass|Advice|Ideas | more", ("compass", "Advice", "Ideas | more")),
        ("Advice|Ideas", ("", "Advice", "Ideas")),
        ("Advice", ("", "Advice", "")),
    ],
)
def test_choice_parts(label, parts):
    assert forum_tags.choice_parts(label) == parts
