"""Renaming, merging, deleting and reserving tags, and taking it back."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from forum import search
from forum.actions import editing, naming, undoing
from forum.actions.recounting import recount
from forum.models import Follow, LogEntry, Tag, TaggedPost, TagSynonym
from forum.queries.log_words import sentence_of
from tests.factories import make_category, make_question, make_synonym, make_tag
from tests.support.records import everything

pytestmark = pytest.mark.django_db


def tags():
    """Return for each standing tag its name, its use, and the questions that carry it."""
    return {
        tag.name: (tag.question_count, sorted(tag.tagged.values_list("content_object", flat=True)))
        for tag in Tag.objects.standing()
    }


def names():
    return sorted(TagSynonym.objects.approved().values_list("name", "tag__name"))


def state():
    return tags(), names(), sorted(Follow.objects.exclude(tag=None).values_list("member", "tag__name", "mode"))


def last():
    return LogEntry.objects.newest_first().first()


@pytest.fixture
def carried(ann, bob, sleep):
    """Three questions: two with "insomia", one of them and another one with "insomnia"."""
    questions = [make_question(ann, tags=names) for names in (["insomia"], ["insomia", "insomnia"], ["insomnia"])]
    for member, name in ((ann, "insomia"), (bob, "insomia"), (bob, "insomnia")):
        Follow.objects.create(member=member, tag=Tag.objects.get(name=name))
    make_synonym("no-sleep", Tag.objects.get(name="insomia"))
    return [question.pk for question in questions]


def test_a_renamed_tag_keeps_its_questions_and_its_former_name(mo, carried):
    naming.rename_tag(mo, Tag.objects.get(name="insomia"), name="Sleepless nights", reason="Kinder")

    assert tags()["sleepless-nights"] == (2, carried[:2])
    assert names() == [("insomia", "sleepless-nights"), ("no-sleep", "sleepless-nights")]
    assert sorted(search.find("sleepless", 10)) == carried[:2]
    assert search.find("insomia", 10) == []
    assert (last().verb, last().text.names["thing"]) == ("tag.renamed", "insomia")


def test_a_tag_may_be_renamed_to_a_former_name_of_its_own(mo, carried):
    tag = Tag.objects.get(name="insomia")
    naming.rename_tag(mo, tag, name="nights")

    naming.rename_tag(mo, tag, name="insomia")

    assert names() == [("nights", "insomia"), ("no-sleep", "insomia")]


def test_a_name_that_means_another_tag_is_refused(mo, carried):
    tag = Tag.objects.get(name="insomnia")
    before = everything()

    for name, sentence in (
        ("insomia", "There is already a tag “insomia”. Merge this one into it instead."),
        ("no sleep", "“no-sleep” is another name for “insomia” already. Merge this one into that tag instead."),
        ("?!", "Give a name of up to 30 letters and digits."),
    ):
        with pytest.raises(ValidationError) as refusal:
            naming.rename_tag(mo, tag, name=name)
        assert refusal.value.messages == [sentence]
    assert everything() == before


def test_a_merged_tag_gives_its_questions_follows_and_names(ann, bob, mo, carried):
    source, target = Tag.objects.get(name="insomia"), Tag.objects.get(name="insomnia")

    assert naming.merge_tags(mo, source, target=target, reason="A misspelling") == target
    before = everything()
    naming.merge_tags(mo, source, target=target)

    assert everything() == before
    assert tags() == {"insomnia": (3, carried)}
    assert names() == [("insomia", "insomnia"), ("no-sleep", "insomnia")]
    assert sorted(target.followers.values_list("member", flat=True)) == [ann.pk, bob.pk]
    assert sorted(search.find("insomnia", 10)) == carried
    assert recount(check=True) == []


def test_a_deleted_tag_leaves_its_questions(mo, carried):
    tag = Tag.objects.get(name="insomia")

    naming.delete_tag(mo, tag, reason="Nobody looks for it")
    before = everything()
    naming.delete_tag(mo, tag)

    assert everything() == before
    assert (tags(), names()) == ({"insomnia": (2, carried[1:])}, [])
    assert recount(check=True) == []


ACTS = {
    "rename": lambda mo: naming.rename_tag(mo, Tag.objects.get(name="insomia"), name="nights"),
    "merge": lambda mo: naming.merge_tags(mo, Tag.objects.get(name="insomia"), target=Tag.objects.get(name="insomnia")),
    "delete": lambda mo: naming.delete_tag(mo, Tag.objects.get(name="insomia")),
    "reserve": lambda mo: naming.reserve_tag(mo, Tag.objects.get(name="insomia"), is_reserved=True),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_what_is_taken_back_is_as_before_and_taken_back_again_as_after(mo, carried, act):
    before = state(), Tag.objects.filter(is_reserved=True).count()
    act(mo)
    after = state(), Tag.objects.filter(is_reserved=True).count()

    undoing.undo_entry(mo, last())
    assert (state(), Tag.objects.filter(is_reserved=True).count()) == before
    undoing.undo_entry(mo, last())
    assert (state(), Tag.objects.filter(is_reserved=True).count()) == after
    undoing.undo_entry(mo, last())
    assert (state(), Tag.objects.filter(is_reserved=True).count()) == before
    assert recount(check=True) == []


@pytest.mark.parametrize("act", [ACTS["merge"], ACTS["delete"]], ids=["merge", "delete"])
def test_questions_that_were_given_other_tags_since_stay_as_they_are(mo, sleep, carried, act):
    work = make_tag("work")
    act(mo)
    entry = last()
    first, second = (TaggedPost.content_object.field.related_model.objects.get(pk=pk) for pk in carried[:2])
    editing.retag_question(mo, first, category=sleep, tags=["work"])
    editing.edit_post(mo, second, title=second.title, body="Other words.", reason="Clearer")

    undoing.undo_entry(mo, entry)

    assert tags() == {"insomia": (1, carried[1:2]), "insomnia": (2, carried[1:]), work.name: (1, carried[:1])}


def test_the_log_says_which_tag_became_what(mo, carried):
    ACTS["merge"](mo)
    said = [str(sentence_of(last(), mo))]
    undoing.undo_entry(mo, last())
    said.append(str(sentence_of(last(), mo)))
    ACTS["rename"](mo)
    said.append(str(sentence_of(last(), mo)))

    number = last().number
    assert said == [
        "mo merged the tag “insomia” (into insomnia)",
        f"mo took act {number - 2} back, and so separated again the tag “insomia”",
        "mo renamed the tag “insomia” (insomia → nights)",
    ]


def test_taking_back_waits_for_what_came_later(mo, carried):
    ACTS["merge"](mo)
    entry = last()
    naming.delete_tag(mo, Tag.objects.get(name="insomnia"))
    before = everything()

    with pytest.raises(ValidationError, match="changed since"):
        undoing.undo_entry(mo, entry)
    assert everything() == before


def test_only_the_team_changes_tags(ann, carried):
    before = everything()

    for act in ACTS.values():
        with pytest.raises(PermissionDenied, match="Only moderators"):
            act(ann)
    assert everything() == before


def test_a_tag_is_not_merged_into_itself_or_one_that_is_gone(mo, carried):
    source, target = Tag.objects.get(name="insomia"), Tag.objects.get(name="insomnia")
    naming.delete_tag(mo, target)
    before = everything()

    for other, sentence in ((source, "Choose another tag"), (target, "has been deleted or merged")):
        with pytest.raises(ValidationError, match=sentence):
            naming.merge_tags(mo, source, target=other)
    assert everything() == before


def test_a_large_tag_is_merged_with_as_many_queries_as_a_small_one(mo, django_assert_max_num_queries):
    category = make_category()
    for name in ("one", "other"):
        for _ in range(4 if name == "other" else 1):
            make_question(mo, category=category, tags=[name])
    target = make_tag("target")

    with django_assert_max_num_queries(45):
        naming.merge_tags(mo, Tag.objects.get(name="one"), target=target)
    with django_assert_max_num_queries(45):
        naming.merge_tags(mo, Tag.objects.get(name="other"), target=target)


def test_a_deleted_tag_stays_away_while_its_name_means_another(mo, carried):
    naming.delete_tag(mo, Tag.objects.get(name="insomia"))
    entry = last()
    make_synonym("insomia", Tag.objects.get(name="insomnia"))
    before = everything()

    with pytest.raises(ValidationError, match="is another name for “insomnia” now"):
        undoing.undo_entry(mo, entry)

    assert everything() == before
