"""Tags and their other names in the administration: acts with a reason, each with its undo."""

import pytest

from forum.choices import SynonymState
from forum.models import LogEntry, Tag, TagSynonym
from tests.factories import make_question, make_synonym, make_tag
from tests.support.records import everything

pytestmark = pytest.mark.django_db


def standing():
    return sorted(Tag.objects.standing().values_list("name", "question_count", "is_reserved"))


def test_a_tag_is_renamed_merged_reserved_and_deleted_with_a_reason(mo, signed_in):
    make_question(tags=["naps"])
    make_tag("sleep")
    tag, browser = Tag.objects.get(name="naps"), signed_in(mo)
    path = f"/admin/forum/tag/{tag.pk}/"

    browser.post(f"{path}act/rename-tag/", {"name": "Short sleep", "reason": "Kinder"})
    browser.post(f"{path}act/reserve-tag/", {"reason": "For us"})
    browser.post(f"{path}act/free-tag/", {"reason": "For all"})
    browser.post(f"{path}act/merge-tag/", {"target": "sleep", "reason": "The same"})
    page = browser.post(
        f"/admin/forum/tag/{Tag.objects.get(name='sleep').pk}/act/delete-tag/", {"reason": "Too wide"}, follow=True
    )

    assert standing() == []
    assert list(LogEntry.objects.order_by("number").values_list("verb", "text__reason")) == [
        ("tag.renamed", "Kinder"),
        ("tag.reserved", "For us"),
        ("tag.freed", "For all"),
        ("tag.merged", "The same"),
        ("tag.deleted", "Too wide"),
    ]
    assert "/moderation/undo/" in page.content.decode()


@pytest.mark.parametrize(
    ("act", "sent", "sentence"),
    [
        ("merge-tag", {"target": "nothing", "reason": "The same"}, "There is no tag “nothing”."),
        ("rename-tag", {"name": "", "reason": "Kinder"}, "Enter the new name."),
        ("delete-tag", {"reason": ""}, "Say why, in a sentence."),
    ],
)
def test_what_is_missing_is_said_and_nothing_changes(mo, signed_in, act, sent, sentence):
    tag, browser = make_tag("naps"), signed_in(mo)
    before = everything()

    page = browser.post(f"/admin/forum/tag/{tag.pk}/act/{act}/", sent)

    assert (page.status_code, sentence in page.content.decode()) == (422, True)
    assert everything() == before


def test_a_name_that_is_taken_is_refused_with_the_way_out(mo, signed_in):
    tag = make_tag("naps")
    make_tag("sleep")

    page = signed_in(mo).post(
        f"/admin/forum/tag/{tag.pk}/act/rename-tag/", {"name": "sleep", "reason": "The same"}, follow=True
    )

    assert "There is already a tag “sleep”. Merge this one into it instead." in page.content.decode()


def test_names_that_were_asked_for_are_decided_in_their_list(ann, mo, signed_in):
    tag = make_tag("insomnia")
    wishes = [make_synonym(name, tag, state=SynonymState.ASKED, asked_by=ann) for name in ("insomia", "labour")]
    browser = signed_in(mo)

    for wish, act in zip(wishes, ("approve-name", "decline-name"), strict=True):
        sent = {"action": act, "_selected_action": wish.pk, "confirmed": "1", "reason": "Looked it up"}
        browser.post("/admin/forum/tagsynonym/", sent)
    page = browser.get("/admin/forum/tagsynonym/?q=Insom").content.decode()

    assert list(TagSynonym.objects.order_by("pk").values_list("name", "state", "decided_by")) == [
        ("insomia", "approved", mo.pk),
        ("labour", "declined", mo.pk),
    ]
    assert ("insomia" in page, "labour" in page) == (True, False)


def test_the_pages_of_a_tag_show_what_can_be_done(mo, signed_in):
    tag, gone = make_tag("naps", is_reserved=True), make_tag("gone", removed_at="2026-01-01T00:00:00Z")
    browser = signed_in(mo)

    pages = [browser.get(f"/admin/forum/tag/{each.pk}/change/") for each in (tag, gone)]

    assert [[act.name for act in page.context["acts"]] for page in pages] == [
        ["rename-tag", "merge-tag", "free-tag", "delete-tag"],
        [],
    ]


def test_the_lists_cost_the_same_with_one_row_and_with_three(mo, signed_in, django_assert_num_queries):
    browser = signed_in(mo)
    paths = {"/admin/forum/tag/": 5, "/admin/forum/tagsynonym/": 5}
    for names in (["one"], ["two", "three"]):
        for name in names:
            make_synonym(f"other-{name}", make_tag(name), asked_by=mo)
        for path, number in paths.items():
            with django_assert_num_queries(number):
                browser.get(path)
