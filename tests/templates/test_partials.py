"""The partials that every form and page stands on."""

import html5lib
import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory

# The parser keeps the name space of drawings.
SVG = "{http://www.w3.org/2000/svg}"


class AskForm(forms.Form):
    title = forms.CharField(label="Your question", help_text="One sentence.", min_length=15)
    body = forms.CharField(label="A little more", widget=forms.Textarea, required=False)
    want = forms.ChoiceField(
        label="What would help?",
        widget=forms.RadioSelect,
        choices=[("advice", "compass|Advice|Ideas I could try"), ("listening", "Listening")],
    )
    anonymous = forms.BooleanField(label="Post anonymously", help_text="Your name stays hidden.", required=False)

    def clean(self):
        if self.cleaned_data.get("anonymous"):
            raise forms.ValidationError("Not just now.")


def tree(template, **context):
    request = RequestFactory().get("/some/page/")
    site = {"name": "Quiet Corner", "tagline": "Ask here"}
    html = render_to_string(template, {"site": site, "user": AnonymousUser(), "request": request, **context})
    return html5lib.parse(html, namespaceHTMLElements=False)


def text(element):
    return " ".join("".join(element.itertext()).split())


def by_id(root, wanted):
    return next(one for one in root.iter() if isinstance(one.tag, str) and one.get("id") == wanted)


def described(root, control):
    return [text(by_id(root, part)) for part in control.get("aria-describedby").split()]


def test_field_with_an_error_is_tied_to_its_hint_and_error():
    form = AskForm({"title": "Short"})

    root = tree("partials/field.html", field=form["title"])

    control = by_id(root, "id_title")
    assert control.get("class") == "input"
    assert control.get("aria-invalid") == "true"
    assert described(root, control) == [
        "One sentence.",
        "Ensure this value has at least 15 characters (it has 5).",
    ]
    assert text(root.find(".//label")) == "Your question"


def test_field_that_may_stay_empty_says_so():
    root = tree("partials/field.html", field=AskForm()["body"])

    assert text(root.find(".//label")) == "A little more (optional)"


def test_radio_cards_show_icon_title_and_explanation():
    form = AskForm({})

    root = tree("partials/field.html", field=form["want"], look="cards")

    group = root.find(".//fieldset")
    assert text(group.find("legend")) == "What would help?"
    assert described(root, group) == ["This field is required."]
    assert [text(label) for label in group.iter("label")] == ["AdviceIdeas I could try", "Listening"]
    assert [use.get("href").rsplit("#")[1] for use in group.find(".//label").iter(f"{SVG}use")] == ["compass"]


def test_checkbox_is_a_switch_with_its_hint():
    root = tree("partials/field.html", field=AskForm()["anonymous"])

    control = by_id(root, "id_anonymous")
    assert control.get("role") == "switch"
    assert described(root, control) == ["Your name stays hidden."]


def test_form_errors_link_to_each_field():
    form = AskForm({"title": "Short", "anonymous": "on"})

    root = tree("partials/form_errors.html", form=form)

    assert text(root.find(".//h2")) == "3 things to fix"
    assert text(root.find(".//li")) == "Not just now."
    assert [link.get("href") for link in root.iter("a")] == ["#id_title", "#id_want_0"]
    assert text(root).endswith("Your text is safe. Nothing was lost.")


def test_form_without_errors_has_no_summary():
    assert text(tree("partials/form_errors.html", form=AskForm())) == ""


def test_editor_without_script_is_a_plain_textarea():
    root = tree("partials/editor.html", field=AskForm()["body"], preview_url="/preview/", upload_url="/upload/")

    control = by_id(root, "id_body")
    assert control.get("data-preview-target") == "#preview-id_body"
    assert by_id(root, "preview-id_body").get("class") == "preview prose"
    assert control.get("data-upload-url") == "/upload/"
    assert [
        one.get("data-tools") for one in root.iter("div") if one.get("role") == "toolbar" and "hidden" in one.attrib
    ] == [""]


@pytest.mark.parametrize(
    "newer, older, links",
    [("", "", []), ("?newer=b", "", ["?newer=b"]), ("?newer=b", "?older=c", ["?newer=b", "?older=c"])],
)
def test_paging_shows_only_ways_that_exist(newer, older, links):
    root = tree("partials/paging.html", newer_url=newer, older_url=older)

    assert [link.get("href") for link in root.iter("a")] == links


@pytest.mark.parametrize(
    "theme, media",
    [
        ("auto", "screen and (prefers-color-scheme: dark)"),
        ("", "screen and (prefers-color-scheme: dark)"),
        ("light", "not all"),
        ("dark", "screen"),
    ],
)
def test_theme_decides_the_media_of_the_dark_tokens(theme, media):
    root = tree("partials/head_links.html", theme=theme)

    assert [link.get("media") for link in root.iter("link") if "/dark" in link.get("href")] == [media]


@pytest.mark.parametrize("page", ["400", "403", "403_csrf", "404", "405", "410", "413", "429", "503"])
def test_error_page_helps(page):
    root = tree(f"{page}.html", sentence="What to do next.")

    assert text(by_id(root, "refusal")) == "What to do next."
    assert len(list(root.iter("h1"))) == 1
    assert "/help/crisis/" in [link.get("href") for link in by_id(root, "main").iter("a")]


def test_error_500_needs_nothing():
    root = html5lib.parse(get_template("500.html").render(), namespaceHTMLElements=False)

    assert text(root.find(".//h1")) == "Something went wrong on our side"
    assert [link.get("href") for link in by_id(root, "main").iter("a")] == ["/", "/drafts/"]


@pytest.mark.parametrize("page", ["404.html", "403.html"])
def test_page_is_valid_html(page):
    site = {"name": "Quiet Corner", "tagline": "Ask here"}
    html = render_to_string(page, {"site": site, "request": RequestFactory().get("/x/"), "user": AnonymousUser()})

    parser = html5lib.HTMLParser(strict=True)

    assert parser.parse(html) is not None


def test_sign_in_brings_the_reader_back():
    root = tree("partials/header.html")

    assert [link.get("href") for link in root.iter("a") if text(link) == "Sign in"] == [
        "/accounts/login/?next=/some/page/"
    ]


def test_text_of_users_is_escaped():
    html = render_to_string("partials/message.html", {"kind": "err", "text": "<script>alert(1)</script>"})

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script" not in html
