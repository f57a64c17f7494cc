"""Asking a question: what it writes, pays and logs, and what it refuses."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from forum.actions import asking
from forum.actions.recounting import recount
from forum.models import Category, Guest, Post, Revision, SiteSettings, Tag
from tests.factories import make_category, make_guest, make_member, make_note, make_question
from tests.support.records import everything, ledger, points, verbs

pytestmark = pytest.mark.django_db


def ask(author, category, **fields):
    asked = {"title": "Why do I wake at four?", "body": "It is **dark**.", "tags": [], **fields}
    return asking.ask_question(author, category=category, **asked)


def test_a_question_is_kept_as_written_and_as_html(ann, sleep):
    question = Post.objects.get(pk=ask(ann, sleep).pk)

    assert question.title == "Why do I wake at four?"
    assert question.slug == "why-do-i-wake-at-four"
    assert question.body == "It is **dark**."
    assert question.body_html == '<p dir="auto">It is <strong>dark</strong>.</p>'
    assert question.excerpt == "It is dark."
    assert question.author == ann
    assert question.is_published


@pytest.mark.parametrize(
    "title, slug",
    [
        ("?!… ★★★ ?!…", "question"),
        ("Почему я не сплю?", "почему-я-не-сплю"),
        ("為什麼我睡不著", "為什麼我睡不著"),
        ("لماذا لا أنام؟", "لماذا-لا-أنام"),
        ("हिन्दी में नींद का सवाल", "हिन्दी-में-नींद-का-सवाल"),
        ("a" * 150, "a" * 80),
    ],
)
def test_an_address_has_the_titles_words_and_is_never_empty(ann, sleep, title, slug):
    assert ask(ann, sleep, title=title).slug == slug


@pytest.mark.parametrize("body", ["&#8203;", "&nbsp;&#x2800;", "#", "> ", "- &shy;"])
def test_a_body_of_which_nothing_would_be_seen_is_refused(ann, sleep, body):
    before = everything()

    with pytest.raises(ValidationError) as refusal:
        ask(ann, sleep, body=body)

    assert refusal.value.message_dict == {"body": ["None of this would be visible. Please write a few words."]}
    assert everything() == before


def test_a_title_alone_is_a_question(ann, sleep):
    question = ask(ann, sleep, body="")

    assert (question.body_html, question.excerpt) == ("", "")


def test_asking_pays_20_points(ann, sleep):
    ask(ann, sleep)

    assert ledger(ann) == [("asked", 20)]
    assert points(ann) == 520


def test_asking_is_logged_with_its_first_revision(ann, sleep):
    question = ask(ann, sleep, tags=["nights"])

    assert verbs(post=question) == ["question.asked"]
    revision = Revision.objects.get(post=question)
    assert (revision.number, revision.editor, revision.title) == (1, ann, "Why do I wake at four?")
    assert (revision.body, revision.tag_names) == ("It is **dark**.", ["nights"])


def test_topics_above_and_tags_count_the_question(ann, sleep):
    naps = make_category("Naps", parent=sleep)

    ask(ann, naps, tags=["nights"])

    assert list(Category.objects.order_by("depth").values_list("question_count", flat=True)) == [1, 1]
    assert Tag.objects.get().question_count == 1
    assert recount(check=True) == []


def test_notes_intent_and_audience_are_kept(ann, sleep):
    note = make_note()

    question = ask(ann, sleep, notes=[note], intent="listening", audience="members", is_anonymous=True)

    assert list(question.notes.all()) == [note]
    assert (question.intent, question.audience, question.is_anonymous) == ("listening", "members", True)


def test_the_same_form_twice_asks_once(ann, sleep):
    form = uuid4()
    first = ask(ann, sleep, submission_id=form)
    before = everything()

    assert ask(ann, sleep, submission_id=form) == first
    assert everything() == before


@pytest.mark.parametrize("other", [{"title": "Another title?"}, {"body": "Other words."}])
def test_the_same_form_with_other_words_is_not_taken_for_the_same(ann, sleep, other):
    form = uuid4()
    ask(ann, sleep, submission_id=form)
    before = everything()

    with pytest.raises(ValidationError, match="Something was already posted from this page"):
        ask(ann, sleep, **other, submission_id=form)
    assert everything() == before


def test_the_same_form_twice_asks_once_for_a_guest_without_a_cookie_yet(sleep):
    form = uuid4()
    first = ask(Guest(), sleep, guest_email="gil@example.org", submission_id=form)
    before = everything()

    assert ask(Guest(), sleep, guest_email="gil@example.org", submission_id=form) == first
    assert everything() == before


def test_somebody_elses_form_is_refused(ann, bob, guest, sleep):
    form = uuid4()
    ask(ann, sleep, submission_id=form)
    before = everything()

    for other in (bob, guest, Guest()):
        with pytest.raises(ValidationError, match="Something was already posted from this page"):
            ask(other, sleep, submission_id=form)
    assert everything() == before


def test_a_guest_is_kept_with_the_address_they_gave(sleep):
    question = ask(Guest(), sleep, guest_name="Gil", guest_email="gil@example.org")

    assert (question.author, question.guest_name, question.guest.email) == (None, "Gil", "gil@example.org")


def test_a_guest_who_comes_back_stays_the_same_with_their_latest_address(sleep):
    gil = make_guest("old@example.org")
    ask(gil, sleep, guest_email="new@example.org")
    ask(gil, sleep)

    assert list(Guest.objects.values_list("email", flat=True)) == ["new@example.org"]


def test_new_tags_need_points_and_are_left_out_without(newt, sleep):
    Tag.objects.create(name="known", slug="known")

    question = ask(newt, sleep, tags=["known", "brand-new"])

    assert list(question.tags.names()) == ["known"]
    assert list(Tag.objects.values_list("name", flat=True)) == ["known"]
    assert question.revisions.get().tag_names == ["known"]


def test_guests_use_known_tags(sleep):
    Tag.objects.create(name="known", slug="known")

    question = ask(Guest(), sleep, tags=["known", "known"])

    assert list(question.tags.names()) == ["known"]


def test_more_than_five_tags_are_refused(ann, sleep):
    before = everything()

    with pytest.raises(ValidationError, match="Use up to 5 tags"):
        ask(ann, sleep, tags=list("abcdef"))
    assert everything() == before


def test_a_text_that_cannot_be_rendered_is_refused_and_leaves_nothing(sleep):
    before = everything()

    with pytest.raises(ValidationError) as refusal:
        ask(Guest(), sleep, body="[" * 40_000, guest_email="gil@example.org")

    assert list(refusal.value.message_dict) == ["body"]
    assert everything() == before


def test_a_suspended_member_asks_nothing(sleep):
    sam = make_member("sam", suspended_until=timezone.now() + timezone.timedelta(days=1))
    before = everything()

    with pytest.raises(PermissionDenied, match="You can only read until"):
        ask(sam, sleep)
    assert everything() == before


@pytest.mark.parametrize("approval, waiting", [("nobody", []), ("guests", ["guest"]), ("newcomers", ["guest", "newt"])])
def test_the_owner_says_whose_questions_wait(sleep, ann, newt, approval, waiting):
    SiteSettings.objects.create(pk=1, approval=approval)

    asked = {"guest": ask(Guest(), sleep), "newt": ask(newt, sleep), "ann": ask(ann, sleep)}

    assert [name for name, question in asked.items() if not question.is_published] == waiting


def test_a_waiting_question_pays_and_counts_nothing(newt, sleep):
    question = ask(newt, sleep, must_wait=True)

    assert question.status == "waiting"
    assert ledger(newt) == []
    assert Category.objects.get().question_count == 0
    assert recount(check=True) == []


def test_a_question_that_follows_an_answer_says_so(ann, sleep, question):
    assert ask(ann, sleep, follows=question).follows == question


def test_make_question_and_its_recount_agree(question):
    make_question(tags=["nights", "dreams"])

    assert recount(check=True) == []
