"""The landscapes that stand for members."""

from pathlib import Path
from xml.etree import ElementTree as ET

from accounts.avatars import ANONYMOUS, COUNT, avatar_of_name, drawn_avatar
from forum.management.commands.draw_avatars import draw_sprite

SPRITE = Path(__file__).parents[2] / "static" / "avatars.svg"


def test_the_committed_sprite_is_what_the_command_draws():
    assert SPRITE.read_text(encoding="utf-8") == draw_sprite()


def test_the_sprite_holds_every_symbol_once_and_nothing_that_acts():
    root = ET.fromstring(draw_sprite())

    assert [symbol.get("id") for symbol in root] == [*(f"a{number}" for number in range(COUNT)), ANONYMOUS]
    assert {element.tag.rpartition("}")[2] for element in root.iter()} == {"svg", "symbol", "path", "circle"}


def test_every_landscape_is_another():
    drawings = [ET.tostring(symbol).split(b"viewBox")[1] for symbol in ET.fromstring(draw_sprite())]

    assert len(set(drawings)) == COUNT + 1


def test_a_member_keeps_the_same_landscape_for_good():
    assert [drawn_avatar(number) for number in (1, 2, 3)] == ["a44", "a3", "a9"]


def test_members_are_spread_over_all_landscapes():
    assert len({drawn_avatar(number) for number in range(1000)}) == COUNT


def test_a_guests_picture_is_drawn_from_their_name_however_it_is_typed():
    assert avatar_of_name("Tired  Daughter") == avatar_of_name("tired daughter")
    assert avatar_of_name("Tired Daughter") != avatar_of_name("Early Bird")
    assert avatar_of_name("Early Bird") in {f"a{number}" for number in range(COUNT)}
