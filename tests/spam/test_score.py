"""What a text scores, and why."""

from datetime import timedelta

import pytest

from forum.spam import Facts, Learned, features, links_in, probability, score

OLD = timedelta(days=30)
LONG = "Casino bonus for you, my friend, " * 6
STORY = "I wake up at four every night and cannot sleep again."
TAUGHT = Learned(
    spam=20,
    kept=20,
    words={"casino": (18, 0), "bonus": (15, 0), "sleep": (0, 15), "wake": (0, 12), "friend": (5, 5)},
)


def of(source="Hello.", **facts):
    return score(Facts(source=source, **{"age": OLD, **facts}))


def test_an_ordinary_text_scores_nothing():
    assert of(STORY, beginning=STORY, seconds_open=90.0, learned=TAUGHT) == score(Facts(source="", age=OLD))


@pytest.mark.parametrize(
    "links, total, reasons",
    [
        (["https://a.example/"], 15, ("It has a link. (+15)",)),
        (["https://a.example/", "https://b.example/"], 30, ("It has 2 links. (+30)",)),
        (
            ["https://www.a.example/1", "https://a.example/2"],
            45,
            ("It has 2 links. (+30)", "2 of its links lead to a.example. (+15)"),
        ),
        ([f"https://{name}.example/" for name in "abcdef"], 45, ("It has 6 links. (+45)",)),
        (["https://[x/"], 15, ("It has a link. (+15)",)),
    ],
)
def test_links_count_up_to_a_limit(links, total, reasons):
    found = of(links=links)

    assert (found.total, found.reasons) == (total, reasons)


@pytest.mark.parametrize(
    "recent, total",
    [
        ([], 0),
        (["Something else altogether that somebody wrote here last week."], 0),
        ([STORY.upper().replace(".", "!!!")], 40),
        ([STORY.replace("every", "each")], 30),
        ([STORY.replace("wake up", "get up").replace("every", "each")], 0),
    ],
)
def test_a_text_that_was_sent_before_counts(recent, total):
    assert of(STORY, beginning=STORY, recent=recent).total == total


def test_a_short_text_is_nobodys_own():
    assert of("Thank you so much!", beginning="Thank you so much!", recent=["Thank you so much!"]).total == 0


@pytest.mark.parametrize("age, total", [(None, 15), (timedelta(hours=1), 15), (OLD, 0)])
def test_who_came_today_and_who_has_no_account_are_told_of_in_the_same_words(age, total):
    found = of(age=age)

    assert found.total == total
    assert found.reasons == (("Its author joined today or has no account. (+15)",) if total else ())


@pytest.mark.parametrize("seconds, total", [(5.0, 20), (60.0, 0), (None, 0)])
def test_a_long_text_sent_at_once_counts(seconds, total):
    assert of(LONG, seconds_open=seconds).total == total


def test_learned_words_speak_and_are_named():
    found = of("Casino bonus!", learned=TAUGHT)

    assert (found.total, found.reasons) == (
        50,
        ("It uses words of posts that were removed here as spam: casino, bonus. (+50)",),
    )


@pytest.mark.parametrize("few", [Learned(9, 20, TAUGHT.words), Learned(20, 9, TAUGHT.words), Learned()])
def test_learned_words_are_silent_before_there_are_enough_examples(few):
    assert of("Casino bonus!", learned=few).total == 0


def test_words_for_and_against_balance_each_other():
    likely, _ = probability(TAUGHT, ["casino", "bonus", "sleep", "wake"])

    assert 0.3 < likely < 0.7


def test_the_probability_grows_with_each_word_and_stays_within_bounds():
    likely = [
        probability(TAUGHT, words)[0] for words in (["sleep", "wake"], ["friend"], ["casino"], ["casino", "bonus"])
    ]

    assert likely == sorted(likely)
    assert 0 <= likely[0] < 0.1
    assert 0.9 < likely[-1] <= 1


def test_all_signs_together_are_a_hundred_at_most():
    links = [f"https://a.example/{number}" for number in range(9)]
    found = of(LONG, beginning=LONG, recent=[LONG], links=links, seconds_open=1.0, age=None, learned=TAUGHT)

    assert (found.total, len(found.reasons)) == (100, 6)


@pytest.mark.parametrize(
    "source, found",
    [
        ("The cafés, the CAFE’S and 2024!", ["the", "cafes", "and"]),
        ("治疗失眠", ["治疗", "疗失", "失眠"]),
        ("Как спать?", ["как", "спать"]),
        ("x" * 41, []),
    ],
)
def test_features_of_every_script(source, found):
    assert features(source) == found


def test_links_of_a_text_but_for_this_sites_own():
    html = (
        '<a href="https://a.example/?x=1&amp;y=2" rel="ugc">a</a> <a href="/help/">b</a>'
        '<a href="https://ours.example/5/">c</a> <a href="https://ours.example.evil/">d</a>'
    )

    found = links_in(html, own="https://ours.example")

    assert found == ["https://a.example/?x=1&y=2", "https://ours.example.evil/"]
