"""Tags as people type them."""

import pytest

from forum.forms.tag_names import tag_names


@pytest.mark.parametrize(
    "line, names",
    [
        ("", []),
        (" , ,, ", []),
        ("Sleep", ["sleep"]),
        ("night waking, worry", ["night-waking", "worry"]),
        ("sleep, SLEEP, sleep ", ["sleep"]),
        ("self_care; #rest", ["self-care-rest"]),
        ("שינה, नींद، 睡眠，Überleben", ["שינה", "नींद", "睡眠", "überleben"]),
        ("a\x00b\u202ec", ["abc"]),
        ("../etc/passwd", ["etc-passwd"]),
        ("-", []),
        ("c++, C#, .NET, c, net", ["c++", "c#", ".net", "c", "net"]),
        ("asp .net, asp-.net, c++ 20", ["asp-.net", "c++-20"]),
        ("#rest, a+b, lgbtq+, +, #, .", ["rest", "a-b", "lgbtq+"]),
        ("❤️, ❤️ love, 🙂\u200d, \u3164", ["love"]),
    ],
)
def test_a_line_becomes_names_fit_for_an_address(line, names):
    assert tag_names(line) == names
