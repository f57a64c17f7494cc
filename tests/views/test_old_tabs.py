"""Forms that were opened before the post changed: they change what was changed in them, and nothing else."""

import pytest
from lxml import html

from forum.actions import editing, suggesting
from forum.models import Post, Suggestion
from tests.factories import make_category, make_note, make_question
from tests.support.html import faults_of
from tests.support.typing_forms import fields_of, opened, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(ann, sleep):
    """Ann's question, with a tag, a note and everything else as it comes."""
    for name in ("naps", "work"):
        make_question(ann, category=sleep, tags=[name])
    return make_question(ann, title="Why do I wake at four?", category=sleep, tags=["naps"])


def choices_of(post):
    """Return every choice about `post`, as it is now."""
    post = Post.objects.select_related("category").get(pk=post.pk)
    return {
        "is_anonymous": post.is_anonymous,
        "audience": post.audience,
        "intent": post.intent,
        "notes": [note.name for note in post.notes.all()],
        "category": post.category.name,
        "tags": sorted(post.tags.values_list("name", flat=True)),
    }


def lists_of(page):
    """Return what the lists of changed choices say: those made since, and those the form would make."""
    found = html.document_fromstring(page).xpath("//ul[@aria-label='Choices']")
    return [[" ".join(item.text_content().split()) for item in one] for one in found]


def change_everything(client, post, family):
    """Change every choice about `post` in another tab."""
    path = f"/posts/{post.pk}/edit/"
    changes = {"audience": "members", "intent": "listening", "category": family.pk, "tags": "work"}
    client.post(path, opened(client, path) | changes | {"is_anonymous": "on", "notes": ["loss"]})


def test_an_old_tab_leaves_every_choice_as_the_other_tab_made_it(asked, ann, signed_in):
    make_note("Loss")
    family, client, path = make_category("Family"), signed_in(ann), f"/posts/{asked.pk}/edit/"
    old = opened(client, path)
    change_everything(client, asked, family)
    made = choices_of(asked)

    stale = client.post(path, old | {"body": "I wake at four o’clock."})
    saved = client.post(path, fields_of(stale.content, path))

    page = stale.content.decode()
    assert made == {
        "is_anonymous": True,
        "audience": "members",
        "intent": "listening",
        "notes": ["Loss"],
        "category": "Family",
        "tags": ["work"],
    }
    assert (stale.status_code, faults_of(page), saved.status_code) == (422, [], 302)
    assert lists_of(page) == [
        [
            "Your name: Before: Shown Now: Hidden (posted anonymously)",
            "Who can read it: Before: Everyone Now: Members of this site only",
            "What would help: Before: No preference Now: Listening",
            "Content note: Before: None Now: Loss",
            "Topic: Before: Sleep Now: Family",
        ]
    ]
    assert '<del><span class="vh">Removed: </span><bdi>naps</bdi></del>' in page
    assert choices_of(asked) == made
    assert Post.objects.get(pk=asked.pk).body == "I wake at four o’clock."


def test_a_choice_that_both_tabs_changed_is_shown_before_it_is_made(asked, ann, signed_in):
    client, path = signed_in(ann), f"/posts/{asked.pk}/edit/"
    old = opened(client, path)
    client.post(path, opened(client, path) | {"audience": "members"})

    stale = client.post(path, old | {"audience": "unlisted"})
    unsaved = choices_of(asked)["audience"]
    client.post(path, fields_of(stale.content, path))

    assert lists_of(stale.content.decode()) == [
        ["Who can read it: Before: Everyone Now: Members of this site only"],
        ["Who can read it: Before: Members of this site only Now: Everyone, but not search engines"],
    ]
    assert (stale.status_code, unsaved, choices_of(asked)["audience"]) == (422, "members", "unlisted")


def test_a_draft_of_an_older_text_takes_no_mask_off(asked, ann, signed_in):
    client, path = signed_in(ann), f"/posts/{asked.pk}/edit/"
    old = opened(client, path)
    client.post(f"/drafts/save/?kind=edit&about={asked.pk}", old | {"body": "Half a thought."})
    editing.edit_post(ann, asked, title=asked.title, body=asked.body, is_anonymous=True, audience="members")

    again = opened(client, path)
    stale = client.post(path, again | {"body": "A whole thought."})
    client.post(path, fields_of(stale.content, path))

    assert (again["is_anonymous"], again["audience"], again["body"]) == (["on"], ["members"], ["\nHalf a thought."])
    assert (choices_of(asked)["is_anonymous"], choices_of(asked)["audience"]) == (True, "members")
    assert Post.objects.get(pk=asked.pk).body == "A whole thought."


def test_preview_without_script_remembers_which_choices_were_made(asked, ann, signed_in):
    editing.edit_post(ann, asked, title=asked.title, body=asked.body, is_anonymous=True)
    client, path = signed_in(ann), f"/posts/{asked.pk}/edit/"
    typed = opened(client, path)
    del typed["is_anonymous"]

    shown = client.post(path, typed | {"action": "preview"})
    client.post(path, fields_of(shown.content, path))

    assert choices_of(asked)["is_anonymous"] is False


def test_a_form_that_does_not_say_how_it_began_shows_no_name(asked, ann, signed_in):
    editing.edit_post(ann, asked, title=asked.title, body=asked.body, is_anonymous=True)
    path, category = f"/posts/{asked.pk}/edit/", asked.category_id

    answer = signed_in(ann).post(
        path, {"title": asked.title, "body": "At three.", "category": category, "tags": "naps"}
    )

    assert (answer.status_code, choices_of(asked)["is_anonymous"]) == (302, True)


def test_an_old_form_for_topic_and_tags_shows_what_changed_and_keeps_it(asked, bob, mo, signed_in):
    family, client, path = make_category("Family"), signed_in(bob), f"/posts/{asked.pk}/retag/"
    old = opened(client, path)
    editing.retag_question(mo, asked, tags=["work"])

    stale = client.post(path, old | {"category": family.pk})
    unsaved = (choices_of(asked)["category"], choices_of(asked)["tags"])
    client.post(path, fields_of(stale.content, path))

    page = stale.content.decode()
    assert (stale.status_code, faults_of(page), unsaved) == (422, [], ("Sleep", ["work"]))
    assert lists_of(page) == [["Topic: Before: Sleep Now: Family"]]
    assert '<ins><span class="vh">Added: </span><bdi>work</bdi></ins>' in page
    assert (choices_of(asked)["category"], choices_of(asked)["tags"]) == ("Family", ["work"])


def test_an_old_suggestion_leaves_the_tags_that_were_given_since(asked, newt, ann, signed_in):
    client, path = signed_in(newt), f"/posts/{asked.pk}/suggest/"
    old = opened(client, path)
    editing.retag_question(ann, asked, tags=["work"])

    stale = client.post(path, old | typed(body="I wake at four, each night.", reason="Clearer"))
    client.post(path, fields_of(stale.content, path) | typed())

    suggestion = Suggestion.objects.get(post=asked)
    assert stale.status_code == 422
    assert (suggestion.body, suggestion.tag_names) == ("I wake at four, each night.", ["work"])


def test_approving_with_changes_in_an_old_tab_leaves_the_tags_that_were_given_since(asked, newt, ann, bob, signed_in):
    suggested = suggesting.suggest_edit(newt, asked, title=asked.title, body="I wake at 4.", reason="Short")
    client, path = signed_in(bob), f"/suggestions/{suggested.pk}/change/"
    old = opened(client, path)
    editing.retag_question(ann, asked, tags=["work"])

    stale = client.post(path, old | {"body": "I wake at 4, each night."})
    client.post(path, fields_of(stale.content, path))

    assert stale.status_code == 422
    assert (choices_of(asked)["tags"], Post.objects.get(pk=asked.pk).body) == (["work"], "I wake at 4, each night.")


def test_bringing_an_earlier_text_back_leaves_every_choice_that_is_no_part_of_it(asked, ann, signed_in):
    make_note("Loss")
    family, client = make_category("Family"), signed_in(ann)
    editing.edit_post(ann, asked, title=asked.title, body="I wake at five.")
    path = f"/posts/{asked.pk}/revisions/1/roll-back/"
    old = opened(client, path)
    change_everything(client, asked, family)

    stale = client.post(path, old)
    between = choices_of(asked)
    client.post(path, fields_of(stale.content, path))

    assert (stale.status_code, between["tags"]) == (422, ["work"])
    assert choices_of(asked) == between | {"tags": ["naps"]}
