"""Where acts came from: kept for a while, read by those who may."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forum.actions import editing, joining, tidying
from forum.actions.tracing import leave_trace
from forum.limits import Rules
from forum.models import Guest, SiteSettings, Trace
from forum.queries.new_accounts import get_new_accounts
from forum.queries.paging import TOP
from forum.queries.traces import AddressUse, get_traces
from tests.factories import make_answer, make_member

pytestmark = pytest.mark.django_db
HOME, WORK = "203.0.113.7", "2001:db8:1:2::/64"


def traces():
    return list(Trace.objects.order_by("pk").values_list("member", "guest", "post", "act", "address"))


def test_a_trace_says_who_did_what_from_where(ann, guest, question):
    leave_trace(ann, HOME, "vote", question)
    leave_trace(guest, WORK, "comment")
    leave_trace(Guest(), HOME, "upload")

    assert traces() == [
        (ann.pk, None, question.pk, "vote", HOME),
        (None, guest.pk, None, "comment", WORK),
        (None, None, None, "upload", HOME),
    ]


@pytest.mark.parametrize("days, left", [(None, [HOME]), (10, [])])
def test_traces_are_forgotten_after_the_owners_number_of_days(ann, days, left):
    if days:
        SiteSettings.objects.create(pk=1, numbers={"trace_days": days})
    for address, age in ((HOME, 20), (WORK, 31)):
        Trace.objects.create(member=ann, act="vote", address=address, created_at=timezone.now() - timedelta(days=age))

    assert tidying.forget_old_traces() == 2 - len(left)
    assert [trace.address for trace in Trace.objects.all()] == left


def test_who_leaves_for_good_leaves_no_trace(ann, bob):
    leave_trace(ann, HOME, "vote")
    leave_trace(bob, HOME, "vote")

    joining.forget_member(ann)

    assert [trace.member for trace in Trace.objects.all()] == [bob]


def test_administrators_read_from_where_a_member_acts_and_nothing_that_tells_of_a_post(
    ann, bob, ada, question, django_assert_num_queries
):
    now = timezone.now()
    for member, address, age in (
        (ann, HOME, 3),
        (ann, HOME, 1),
        (ann, WORK, 0),
        (bob, HOME, 2),
        (make_member(), HOME, 9),
    ):
        Trace.objects.create(
            member=member, act="answer", post=question, address=address, created_at=now - timedelta(days=age)
        )

    with django_assert_num_queries(2):
        found = get_traces(ann, viewer=ada, rules=Rules())

    today = timezone.localdate()
    assert found == (
        AddressUse(WORK, 1, today, today, 0),
        AddressUse(HOME, 2, today - timedelta(days=3), today - timedelta(days=1), 2),
    )


def test_what_nobody_saw_a_member_do_is_counted_nowhere(ann, bob, ada, question):
    named, unseen = make_answer(question, ann), make_answer(question, ann, is_anonymous=True)
    leave_trace(ann, HOME, "answer", named)
    leave_trace(bob, HOME, "sign_up")
    before = _counted(ann, ada)

    leave_trace(ann, HOME, "answer", unseen)
    leave_trace(ann, WORK, "comment", unseen)
    leave_trace(ann, HOME, "vote", question)
    leave_trace(make_member(), HOME, "answer", unseen)
    editing.edit_post(ann, named, body=named.body, is_anonymous=True)

    assert before == ((HOME, 1, 1), {"ann": 1, "bob": 1})
    assert _counted(ann, ada)[0] == before[0]
    assert {name: _counted(ann, ada)[1][name] for name in before[1]} == before[1]


def _counted(member, viewer):
    (use,) = get_traces(member, viewer=viewer, rules=Rules())
    rows = get_new_accounts(viewer, days="", choose="", place=TOP).page.rows
    return (use.address, use.count, use.others), {row.byline.name: row.neighbours for row in rows}


@pytest.mark.parametrize("who", ["mo", "ann"])
def test_nobody_else_reads_addresses(who, request, bob, django_assert_num_queries):
    viewer = request.getfixturevalue(who)
    leave_trace(bob, HOME, "vote")

    with django_assert_num_queries(0):
        assert get_traces(bob, viewer=viewer, rules=Rules()) == ()
