"""Words one would rather not hear of: whole words, however they are written."""

import pytest

from forum.effects.followers import says_any


@pytest.mark.parametrize(
    ("text", "phrases", "says"),
    [
        ("I lost my job.", "job", True),
        ("I lost my Jobs", "job", False),
        ("A panic attack, again", "panic attack\nspiders", True),
        ("An attack of panic", "panic attack", False),
        ("Café au lait", "cafe", True),
        ("I like C++, and how", "c++", True),
        ("C++ is hard", "c", False),
        ("Vitamin C helps", "c++", False),
        ("Vitamin C helps", "c", True),
        ("We use .NET here", "net", False),
        ("We use .NET here", ".net", True),
        ("Anything", "", False),
        ("Anything", "\n  \n", False),
        ("", "anything", False),
        ("我睡不着", "睡", True),
    ],
)
def test_a_muted_word_is_found_as_a_whole_and_with_the_signs_that_tell_it_apart(text, phrases, says):
    assert says_any(text, phrases) is says
