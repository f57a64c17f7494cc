"""Acts on posts: by button and on several, with a reason, undone by the message's own button, and once however often."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from forum.actions import closing, flagging, moderating
from forum.models import Closure, Event, Post
from tests.admin.acting import REASON, act, act_on_several, undo_last
from tests.factories import make_answer
from tests.support.records import everything

LIST = "/admin/forum/post/"


def hidden(actor, post):
    moderating.hide_post(actor, post, reason="First")


def deleted(actor, post):
    moderating.delete_post(actor, post, reason="First")


def closed(actor, post):
    closing.close_question(actor, post, reason="heated")


def held(actor, post):
    moderating.hold_post(actor, post, reason="First")


def untouched(_actor, _post):
    pass


@dataclass(frozen=True)
class Case:
    """One act: what was done before, the state before and after, the verb of the log, what the form asks besides."""

    name: str
    prepare: Callable
    before: tuple
    after: tuple
    verb: str
    extra: dict = field(default_factory=dict)


ACTS = [
    Case("approve", held, ("waiting", False), ("published", False), "post.approved"),
    Case("hide", untouched, ("published", False), ("hidden", False), "post.hidden"),
    Case("show", hidden, ("hidden", False), ("published", False), "post.shown"),
    Case("close", untouched, ("published", False), ("published", True), "question.closed", {"cause": "heated"}),
    Case("reopen", closed, ("published", True), ("published", False), "question.reopened"),
    Case("delete", untouched, ("published", False), ("deleted", False), "post.deleted"),
    Case("restore", deleted, ("deleted", False), ("published", False), "post.restored"),
]
each_act = pytest.mark.parametrize("case", ACTS, ids=[case.name for case in ACTS])


def state(post):
    return Post.objects.values_list("status", "is_closed").get(pk=post.pk)


def path_of(post):
    return f"/admin/forum/post/{post.pk}/"


def last_event(post):
    return Event.objects.filter(post=post).order_by("-pk").values_list("verb", "actor__username", "reason")[0]


@each_act
def test_the_button_acts_and_says_why(case, mo, question, signed_in):
    case.prepare(mo, question)
    assert state(question) == case.before

    answer = act(signed_in(mo), path_of(question), case.name, **case.extra)

    assert (answer.status_code, answer.url) == (302, f"{path_of(question)}change/")
    assert state(question) == case.after
    assert last_event(question) == (case.verb, "mo", REASON)


@each_act
def test_several_are_acted_on_at_once(case, mo, question, signed_in):
    case.prepare(mo, question)

    answer = act_on_several(signed_in(mo), LIST, case.name, [question], **case.extra)

    assert (answer.status_code, answer.url) == (302, LIST)
    assert state(question) == case.after
    assert last_event(question) == (case.verb, "mo", REASON)


@each_act
def test_undo_takes_it_back(case, mo, question, signed_in):
    case.prepare(mo, question)
    browser = signed_in(mo)
    act(browser, path_of(question), case.name, **case.extra)

    answer = undo_last(browser)

    assert (answer.status_code, answer.url) == (302, "/admin/")
    assert state(question) == case.before


@each_act
def test_twice_is_once(case, mo, question, signed_in):
    case.prepare(mo, question)
    browser = signed_in(mo)
    act(browser, path_of(question), case.name, **case.extra)
    once = everything()

    act(browser, path_of(question), case.name, **case.extra)

    assert everything() == once
    assert "No change was needed." in browser.get("/admin/").content.decode()


@each_act
@pytest.mark.parametrize("reason", ["", "   ", "\u200b", "x" * 501])
def test_without_a_reason_nothing_happens(case, reason, mo, question, signed_in):
    case.prepare(mo, question)
    browser = signed_in(mo)
    untouched_rows = everything()

    answer = act(browser, path_of(question), case.name, **{**case.extra, "reason": reason})

    assert answer.status_code == 422
    assert everything() == untouched_rows


def test_what_was_typed_without_a_cause_is_kept(mo, question, signed_in):
    answer = act(signed_in(mo), path_of(question), "close", cause="nonsense", reason="A long thought")

    assert answer.status_code == 422
    assert "A long thought" in answer.content.decode()
    assert not Closure.objects.exists()


def test_several_without_a_reason_are_asked_about(mo, question, signed_in):
    other = make_answer(question)

    answer = act_on_several(signed_in(mo), LIST, "hide", [question, other], reason="")

    assert answer.status_code == 422
    assert [state(question), state(other)] == [("published", False)] * 2


def test_the_list_asks_why_first(mo, question, signed_in):
    chosen = {"action": "hide", "_selected_action": [question.pk], "index": "0"}

    page = signed_in(mo).post(LIST, chosen)

    assert (page.status_code, page.context["title"]) == (200, "Hide it?")
    assert state(question) == ("published", False)


def test_undo_of_several_takes_all_back(mo, question, signed_in):
    other = make_answer(question)
    browser = signed_in(mo)
    act_on_several(browser, LIST, "hide", [question, other])

    undo_last(browser)

    assert [state(question), state(other)] == [("published", False)] * 2


def test_undo_of_an_undo_does_it_again(mo, question, signed_in):
    browser = signed_in(mo)
    act(browser, path_of(question), "hide")
    undo_last(browser)

    undo_last(browser)

    assert state(question) == ("hidden", False)


def test_reopening_undone_closes_for_the_same_cause(mo, question, signed_in):
    other = make_answer().question
    closing.close_question(mo, question, reason="duplicate", note="See there", duplicate_of=other)
    browser = signed_in(mo)
    act(browser, path_of(question), "reopen")

    undo_last(browser)

    closure = Closure.objects.get(lifted_at=None)
    assert (closure.reason_id, closure.note, closure.duplicate_of_id) == ("duplicate", "See there", other.pk)


def test_an_answer_cannot_be_closed(mo, question, signed_in):
    answer = make_answer(question)
    browser = signed_in(mo)

    act(browser, path_of(answer), "close", cause="heated")

    assert "Only a question can be closed." in browser.get("/admin/").content.decode()
    assert not Closure.objects.exists()


def test_only_fitting_acts_are_offered(mo, question, signed_in):
    moderating.hide_post(mo, question, reason="First")

    page = signed_in(mo).get(f"{path_of(question)}change/")

    assert [offered.name for offered in page.context["acts"]] == ["show", "close", "delete"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("hide", "The author reads this next to the post, without your name."),
        ("close", "Everyone reads this next to the question, without your name."),
        ("approve", "Only moderators read it, in the log."),
    ],
)
def test_the_confirmation_says_who_reads_the_reason(name, sentence, mo, question, signed_in):
    page = signed_in(mo).get(f"{path_of(question)}act/{name}/")

    assert sentence in page.content.decode()


def test_the_page_of_a_post_tells_what_was_done_to_it(mo, ann, bob, question, signed_in):
    flagging.flag_post(bob, question, reason="unkind", text="It hurts")
    moderating.hide_post(mo, question, reason="Let us talk first")

    page = signed_in(mo).get(f"{path_of(question)}change/").content.decode()

    told = ["Hidden by a moderator", "Let us talk first", "It hurts", f"/posts/{question.pk}/edit/", "Unkind"]
    assert [words in page for words in told] == [True] * len(told)


@pytest.mark.parametrize(("reason", "is_folded"), [("danger", True), ("spam", False)])
def test_hard_texts_are_folded(reason, is_folded, mo, bob, question, signed_in):
    flagging.flag_post(bob, question, reason=reason)

    pages = [signed_in(mo).get(path).content.decode() for path in (f"{path_of(question)}change/", "/admin/")]

    assert ['<details class="note' in page for page in pages] == [is_folded, is_folded]


def test_a_post_is_found_by_number_and_by_words(mo, question, signed_in):
    answer = make_answer()
    browser = signed_in(mo)

    found = [
        [row.pk for row in browser.get(f"{LIST}?q={term}").context["cl"].result_list]
        for term in (question.pk, f"%23{question.pk}", "sleep better")
    ]

    assert found[:2] == [[question.pk], [question.pk]]
    assert set(found[2]) == {question.pk, answer.question_id, answer.pk}


def test_the_list_is_filtered_by_kind_and_by_who_sees_it(mo, question, signed_in):
    answer = make_answer(question)
    moderating.hide_post(mo, answer, reason="First")
    browser = signed_in(mo)

    rows = [
        [row.pk for row in browser.get(f"{LIST}?{query}").context["cl"].result_list]
        for query in ("kind=question", "status=hidden", "status=waiting")
    ]

    assert rows == [[question.pk], [answer.pk], []]
