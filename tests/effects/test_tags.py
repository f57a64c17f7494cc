"""What a question's tags may be: by the owner's numbers, the topic, reservation and other names."""

import pytest
from django.core.exceptions import ValidationError

from forum import rules
from forum.actions import asking, editing, moving, naming, suggesting
from forum.effects import tags
from forum.models import Guest, SiteSettings, Tag
from tests.factories import LONG_AGO, make_category, make_question, make_synonym, make_tag
from tests.support.records import everything

pytestmark = pytest.mark.django_db


def carried(question):
    return sorted(question.tags.values_list("name", flat=True))


def ask(author, category, *names):
    return asking.ask_question(author, title="How do I sleep better?", body="", category=category, tags=list(names))


def refusal_of(person, question, *names):
    before = everything()
    with pytest.raises(ValidationError) as refusal:
        tags.set_tags(question, names, person, rules.current())
    assert everything() == before
    return refusal.value.message_dict["tags"]


def test_another_name_gives_the_tag(newt, sleep):
    make_synonym("insomia", make_tag("insomnia"))

    question = ask(newt, sleep, "insomia", "insomnia")

    assert carried(question) == ["insomnia"]
    assert question.revisions.get().tag_names == ["insomnia"]


def test_the_same_tag_by_another_name_is_no_edit(ann, sleep):
    question = make_question(ann, category=sleep, tags=["insomnia"])
    make_synonym("insomia", Tag.objects.get())
    before = everything()

    editing.retag_question(ann, question, category=sleep, tags=["insomia"])

    assert everything() == before


def test_reserved_tags_are_given_by_moderators_and_kept_by_others(ann, mo, sleep):
    make_tag("notices", is_reserved=True)
    question, work = make_question(ann, category=sleep), make_tag("work")

    assert refusal_of(ann, question, "notices") == ["Only moderators can use the tag “notices”."]
    tags.set_tags(question, ["notices"], mo, rules.current())
    tags.set_tags(question, ["notices", work.name], ann, rules.current())

    assert carried(question) == ["notices", "work"]


def test_own_tags_of_a_topic_stay_there_and_below(ann, sleep):
    sleep.own_tags.add(make_tag("naps"))
    below, work = make_category("Nights", parent=sleep), make_category("Work")

    assert carried(ask(ann, below, "naps")) == ["naps"]
    assert refusal_of(ann, make_question(ann, category=work), "naps") == ["“naps” is only used in “Sleep”."]


def test_the_nearest_topic_that_requires_tags_is_asked(ann, mo, sleep):
    for name in "abcdefg":
        sleep.required_tags.add(make_tag(name))
    below = make_category("Nights", parent=make_category("Rest", parent=sleep))
    question = make_question(ann, category=below, tags=["a"])
    sentence = "Questions in “Nights” need one of these: “a”, “b”, “c”, “d”, “e”, or another of its tags."

    assert refusal_of(ann, question) == [sentence]
    below.required_tags.add(make_tag("night"))
    assert refusal_of(ann, question, "b") == ["Questions in “Nights” need one of these: “night”."]
    tags.set_tags(question, ["b"], mo, rules.current())
    Tag.objects.filter(name="night").update(removed_at=LONG_AGO)
    tags.set_tags(question, ["c"], ann, rules.current())

    assert carried(question) == ["c"]


def test_what_is_required_goes_with_a_merged_tag_and_comes_back(ann, mo, sleep):
    source, target = make_tag("insomia"), make_tag("insomnia")
    sleep.required_tags.add(source)

    naming.merge_tags(mo, source, target=target)

    assert refusal_of(ann, make_question(mo, category=sleep)) == ["Questions in “Sleep” need one of these: “insomnia”."]


def test_a_moderator_moves_what_lacks_a_required_tag_and_others_add_one(ann, bob, mo, sleep):
    work = make_category("Work")
    work.required_tags.add(make_tag("office"))
    question = make_question(ann, category=sleep, tags=["night"])

    with pytest.raises(ValidationError, match="need one of these: “office”"):
        editing.retag_question(bob, question, category=work, tags=["night"])
    moving.move_question(mo, question, category=work)
    question.refresh_from_db()
    editing.edit_post(ann, question, title=question.title, body="Other words.", tags=["night"])
    with pytest.raises(ValidationError, match="need one of these: “office”"):
        editing.edit_post(ann, question, title=question.title, body="Other words.", tags=[])

    assert carried(question) == ["night"]


def test_the_owner_says_how_many(ann, mo, sleep):
    SiteSettings.objects.create(pk=1, numbers={"tags_least": 1, "tags_most": 2})
    question = make_question(mo, category=sleep)

    assert refusal_of(ann, question) == ["Choose a tag, so that others can find your question."]
    assert refusal_of(ann, question, "a", "b", "c") == ["Use up to 2 tags."]


def test_a_removed_tag_comes_back_with_whoever_may_make_one(ann, newt, sleep):
    make_tag("night", removed_at=LONG_AGO, excerpt="The small hours.")
    question = make_question(newt, category=sleep)

    assert tags.set_tags(question, ["night"], newt, rules.current()) == []
    tags.set_tags(question, ["night"], ann, rules.current())

    assert Tag.objects.values_list("name", "excerpt", "removed_at", "question_count").get() == (
        "night",
        "The small hours.",
        None,
        1,
    )


def test_what_could_not_be_approved_is_not_suggested(newt, question):
    make_tag("notices", is_reserved=True)

    with pytest.raises(ValidationError, match="Only moderators can use the tag “notices”"):
        suggesting.suggest_edit(newt, question, title=question.title, body=question.body, tags=["notices"], reason="")


def test_an_earlier_text_comes_back_without_the_tags_it_may_not_have(ann, mo, sleep):
    question = make_question(ann, category=sleep, tags=["night", "notices"])
    editing.edit_post(ann, question, title=question.title, body="Other words.", tags=["night"])
    naming.reserve_tag(mo, Tag.objects.get(name="notices"), is_reserved=True)
    naming.rename_tag(mo, Tag.objects.get(name="night"), name="nights")

    editing.roll_back_post(ann, question, number=1, base_version=None)

    assert carried(question) == ["nights"]


def test_guests_choose_among_what_is_there(sleep):
    make_tag("night")

    assert carried(ask(Guest(), sleep, "night")) == ["night"]
