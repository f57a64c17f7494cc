"""Watched words in the administration: edited by administrators, through the action that logs it."""

import pytest

from forum.models import Event, WatchedWord
from tests.admin.filling import errors_of, save

LIST, ADD = "/admin/forum/watchedword/", "/admin/forum/watchedword/add/"


def test_a_word_is_added_changed_and_deleted_and_each_is_logged(ada, signed_in):
    browser = signed_in(ada)

    save(browser, ADD, phrase="  best   casino ", action="hold", note="Ask Mo.")
    word = WatchedWord.objects.get()
    save(browser, f"{LIST}{word.pk}/change/", is_active=None)
    changed = WatchedWord.objects.get()
    browser.post(f"{LIST}{word.pk}/delete/", {"post": "yes"})

    assert (word.phrase, word.action, word.note, word.is_active) == ("best casino", "hold", "Ask Mo.", True)
    assert (changed.is_active, WatchedWord.objects.count()) == (False, 0)
    assert list(Event.objects.order_by("pk").values_list("verb", "actor")) == [
        ("configuration.saved", ada.pk),
        ("configuration.saved", ada.pk),
        ("configuration.deleted", ada.pk),
    ]


@pytest.mark.parametrize("phrase", ["…", "!!!"])
def test_a_phrase_without_a_word_is_refused(ada, signed_in, phrase):
    page = save(signed_in(ada), ADD, phrase=phrase)

    assert (page.status_code, errors_of(page)) == (422, {"phrase": ["Enter at least one word."]})


def test_the_same_phrase_is_watched_once(ada, signed_in):
    browser = signed_in(ada)
    save(browser, ADD, phrase="Casino")

    page = save(browser, ADD, phrase="casino")

    assert (page.status_code, errors_of(page)) == (422, {"__all__": ["This is already watched."]})
    assert WatchedWord.objects.count() == 1


def test_moderators_read_the_list_and_change_nothing(mo, signed_in):
    word = WatchedWord.objects.create(phrase="casino")
    browser = signed_in(mo)

    pages = [browser.get(path).status_code for path in (LIST, f"{LIST}{word.pk}/change/", ADD)]
    browser.post(f"{LIST}{word.pk}/change/", {"phrase": "sleep", "action": "flag"})

    assert pages == [200, 200, 403]
    assert WatchedWord.objects.get().phrase == "casino"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_few_queries(rows, mo, signed_in, django_assert_num_queries):
    WatchedWord.objects.bulk_create(WatchedWord(phrase=f"word {number}") for number in range(rows))
    browser = signed_in(mo)

    with django_assert_num_queries(5):
        browser.get(LIST)
