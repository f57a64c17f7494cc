"""Topics as a tree, and tags with what they are about."""

import pytest

from accounts.choices import Role
from forum.actions import undoing
from forum.models import Category, Event, LogEntry, Tag
from tests.admin.filling import errors_of, filled, said, save
from tests.factories import make_category, make_member, make_question
from tests.support.records import everything

ADD = "/admin/forum/category/add/"


def path_of(thing):
    return f"/admin/forum/{thing._meta.model_name}/{thing.pk}/change/"


def paths():
    return sorted(Category.objects.values_list("path", flat=True))


def listed(page):
    return [topic.path for topic in page.context["cl"].result_list]


def offered(page):
    return [str(label).strip() for _, label in page.context["adminform"].form.fields["parent"].choices]


def test_a_topic_is_added_below_another_and_logged(ada, signed_in, sleep):
    answer = save(signed_in(ada), ADD, name="Night shifts", parent=sleep.pk, position="0", icon="c-sleep")

    assert (answer.status_code, paths()) == (302, ["sleep", "sleep/night-shifts"])
    event = Event.objects.get()
    assert (event.verb, event.actor, event.data["path"]) == ("category.saved", ada, "sleep/night-shifts")


def test_a_moved_topic_takes_everything_below_along(ada, signed_in, sleep):
    work = make_category("Work")
    shifts = make_category("Shifts", parent=sleep)
    make_category("Nights", parent=shifts)

    save(signed_in(ada), path_of(shifts), parent=work.pk)

    assert paths() == ["sleep", "work", "work/shifts", "work/shifts/nights"]


def test_no_topic_is_offered_below_itself_or_too_deep(ada, signed_in, sleep):
    second = make_category("Second", parent=sleep)
    third = make_category("Third", parent=second)
    make_category("Fourth", parent=third)
    browser = signed_in(ada)

    pages = [browser.get(path) for path in (ADD, path_of(second))]

    top = "None: top level"
    assert [offered(page) for page in pages] == [[top, "Sleep", "Second", "Third"], [top, "Sleep"]]


def test_a_forged_parent_below_itself_changes_nothing(ada, signed_in, sleep):
    below = make_category("Below", parent=sleep)
    browser = signed_in(ada)
    before = everything()

    page = save(browser, path_of(sleep), parent=below.pk)

    assert (page.status_code, list(errors_of(page))) == (422, ["parent"])
    assert everything() == before


def test_what_the_action_refuses_stands_on_its_field_with_the_input_kept(ada, signed_in, sleep):
    browser = signed_in(ada)
    before = everything()

    page = save(browser, ADD, name="Better nights", slug="sleep", position="3", icon="c-all")

    assert (page.status_code, errors_of(page)) == (422, {"slug": ["Another topic already has this address."]})
    assert 'value="Better nights"' in page.content.decode()
    assert everything() == before


def test_a_tree_that_would_grow_too_deep_is_said(ada, signed_in, sleep):
    third = make_category("Third", parent=make_category("Second", parent=sleep))
    other = make_category("Other")
    make_category("Deep", parent=other)

    page = save(signed_in(ada), path_of(other), parent=third.pk)

    assert errors_of(page) == {"parent": ["“Deep” below it would be too deep."]}
    assert "other/deep" in paths()


def test_the_list_is_the_tree_as_the_owner_placed_it(mo, signed_in):
    last = make_category("Anger", position=2)
    first = make_category("Work", position=1)
    make_category("Shifts", parent=first)
    make_category("Before", parent=last)

    page = signed_in(mo).get("/admin/forum/category/")

    assert listed(page) == ["work", "work/shifts", "anger", "anger/before"]


def test_a_topic_found_without_its_parent_is_still_listed(mo, signed_in, sleep):
    make_category("Night shifts", parent=sleep)

    page = signed_in(mo).get("/admin/forum/category/?q=shifts")

    assert listed(page) == ["sleep/night-shifts"]


@pytest.mark.parametrize(
    ("has_question", "sentence"),
    [
        (True, "It has questions, so it can’t be deleted. Move them to another topic first."),
        (False, "It has topics below it. Move or delete those first."),
    ],
)
def test_a_topic_in_use_stays_with_a_sentence(has_question, sentence, ada, signed_in, sleep):
    if has_question:
        make_question(category=sleep)
    else:
        make_category("Below", parent=sleep)
    browser = signed_in(ada)
    before = everything()

    page = browser.post(f"/admin/forum/category/{sleep.pk}/delete/", {"post": "yes"}, follow=True)

    assert (page.redirect_chain, said(page)) == ([(path_of(sleep), 302)], [sentence])
    assert everything() == before


def test_a_question_of_a_topic_is_not_named_when_the_topic_is_to_be_deleted(ada, signed_in, sleep):
    make_question(category=sleep, title="A title that stays private", is_anonymous=True)

    page = signed_in(ada).get(f"/admin/forum/category/{sleep.pk}/delete/").content.decode()

    assert "A title that stays private" not in page


def test_an_empty_topic_is_deleted_and_logged(ada, signed_in, sleep):
    signed_in(ada).post(f"/admin/forum/category/{sleep.pk}/delete/", {"post": "yes"})

    assert paths() == []
    assert Event.objects.values_list("verb", "actor", "data__path").get() == ("category.deleted", ada.pk, "sleep")


def test_a_topic_is_added_in_a_window_of_its_own(ada, signed_in):
    page = save(signed_in(ada), f"{ADD}?_popup=1", name="Grief", position="0", icon="c-grief", _popup="1")

    assert (page.status_code, "popup_response.js" in page.content.decode(), paths()) == (200, True, ["grief"])


def test_every_picture_that_is_offered_exists(ada, signed_in, settings):
    icons = (settings.BASE_DIR / "static" / "icons.svg").read_text()
    page = signed_in(ada).get(ADD)

    missing = [name for name, _ in page.context["adminform"].form.fields["icon"].choices if f'id="{name}"' not in icons]

    assert missing == []


def test_moderators_look_at_topics_and_tags_and_change_none(mo, ada, signed_in, sleep):
    tag = Tag.objects.create(name="naps", slug="naps")
    browser = signed_in(mo)
    sent = {thing: filled(signed_in(ada), path_of(thing)) for thing in (sleep, tag)}
    before = everything()

    looks = [browser.get(path_of(thing)).status_code for thing in sent]
    tries = [browser.post(path_of(thing), values).status_code for thing, values in sent.items()]
    tries.append(browser.post(f"/admin/forum/category/{sleep.pk}/delete/", {"post": "yes"}).status_code)

    assert (looks, tries) == ([200, 200], [403, 403, 403])
    assert everything() == before


def test_tags_are_listed_by_use_and_found_by_their_beginning(mo, signed_in):
    for name in ("sleep", "sleepless-nights", "work"):
        Tag.objects.create(name=name, slug=name)
    make_question(tags=["work"])
    browser = signed_in(mo)

    names = [
        [tag.name for tag in browser.get(f"/admin/forum/tag/{query}").context["cl"].result_list]
        for query in ("", "?q=Sleepless nights", "?q=less")
    ]

    assert names == [["work", "sleep", "sleepless-nights"], ["sleepless-nights"], []]


def test_a_tag_is_described_and_the_change_is_logged_once(ada, signed_in):
    tag = Tag.objects.create(name="naps", slug="naps")
    browser = signed_in(ada)

    save(browser, path_of(tag), excerpt="Short sleeps by day.", name="other")
    save(browser, path_of(tag), excerpt="Short sleeps by day.")

    assert Tag.objects.values_list("name", "excerpt").get() == ("naps", "Short sleeps by day.")
    assert list(Event.objects.values_list("verb", "actor")) == [("tag.edited", ada.pk)]


def test_tags_are_neither_added_nor_deleted_here(ada, signed_in):
    tag = Tag.objects.create(name="naps", slug="naps")
    browser = signed_in(ada)

    tries = [browser.get("/admin/forum/tag/add/"), browser.post(f"/admin/forum/tag/{tag.pk}/delete/", {"post": "yes"})]

    assert ([answer.status_code for answer in tries], Tag.objects.count()) == ([403, 403], 1)


@pytest.mark.parametrize("name", ["category", "tag"])
def test_members_get_nothing(name, ann, signed_in):
    assert signed_in(ann).get(f"/admin/forum/{name}/").status_code == 403


def test_helpers_of_a_topic_are_named_and_logged(ada, signed_in, sleep):
    hal, hana = (make_member(name, role=Role.HELPER) for name in ("hal", "hana"))
    browser = signed_in(ada)

    save(browser, path_of(sleep), helper_names="Hal,  hana")

    assert sorted(sleep.helpers.values_list("username", flat=True)) == ["hal", "hana"]
    entry = LogEntry.objects.newest_first()[0]
    assert (entry.verb, entry.actor) == ("category.saved", ada)
    form = browser.get(path_of(sleep)).context["adminform"].form
    assert form["helper_names"].value() == "hal, hana"
    before = everything()
    save(browser, path_of(sleep))
    assert everything() == before

    save(browser, path_of(sleep), helper_names="")
    assert (list(sleep.helpers.all()), hal.helps_in.count(), hana.helps_in.count()) == ([], 0, 0)


@pytest.mark.parametrize(
    "name, sentence", [("nobody", "There is no member called nobody here."), ("bob", "bob is not a helper yet.")]
)
def test_only_helpers_are_named_as_helpers(ada, bob, signed_in, sleep, name, sentence):
    page = save(signed_in(ada), path_of(sleep), helper_names=name)

    assert errors_of(page)["helper_names"][0].startswith(sentence)
    assert sleep.helpers.count() == 0


def test_who_may_ask_and_tags_and_words_for_those_who_answer_are_kept(ada, signed_in, sleep):
    browser = signed_in(ada)
    words = {"answer_guidance": "Say what helped you.", "level_to_ask": "2,500 points", "icon": "moon"}

    save(browser, path_of(sleep), **words, required_names="Naps, bad dreams", own_names="naps")

    topic = Category.objects.get()
    assert (topic.answer_guidance, topic.level_to_ask, topic.icon) == ("Say what helped you.", "2500", "moon")
    assert sorted(topic.required_tags.values_list("name", flat=True)) == ["bad-dreams", "naps"]
    assert list(topic.own_tags.values_list("name", flat=True)) == ["naps"]
    form = browser.get(path_of(sleep)).context["adminform"].form
    assert (form["required_names"].value(), form["own_names"].value()) == ("bad-dreams, naps", "naps")
    before = everything()
    save(browser, path_of(sleep))
    assert everything() == before


@pytest.mark.parametrize("level", ["owner", "0", "everybody"])
def test_what_is_no_level_is_refused(ada, signed_in, sleep, level):
    page = save(signed_in(ada), path_of(sleep), level_to_ask=level)

    assert (page.status_code, list(errors_of(page))) == (422, ["level_to_ask"])
    assert Category.objects.get().level_to_ask == ""


def test_topics_move_with_one_tap_which_can_be_taken_back(ada, mo, signed_in, sleep):
    work = make_category("Work")
    browser = signed_in(ada)

    page = browser.get("/admin/forum/category/").content.decode()
    buttons = [
        f'formaction="/admin/forum/category/{pk}/place/{way}/"' in page
        for pk, way in ((sleep.pk, "up"), (sleep.pk, "down"), (work.pk, "up"), (work.pk, "down"))
    ]
    moved = browser.post(f"/admin/forum/category/{work.pk}/place/up/", follow=True)

    assert buttons == [False, True, True, False]
    assert (listed(moved), said(moved)) == (["work", "sleep"], ["“Work” moved up."])
    assert signed_in(mo).post(f"/admin/forum/category/{work.pk}/place/down/").status_code == 403
    undoing.undo_entry(ada, LogEntry.objects.get())
    assert listed(browser.get("/admin/forum/category/")) == ["sleep", "work"]
