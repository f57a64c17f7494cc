"""The numbers of lists: as they were typed."""

from collections.abc import Sequence

from markdown_it.token import Token


def keep_numbers(tokens: Sequence[Token]) -> None:
    """Give items the numbers they were typed with, where counting on would show others.

    The same number on every item is how Markdown asks for counting.
    """
    lists: list[list[Token]] = []
    for token in tokens:
        if token.type.endswith("_list_open"):
            lists.append([])
        elif token.type == "list_item_open" and token.info:
            lists[-1].append(token)
        elif token.type.endswith("_list_close"):
            _number(lists.pop())


def _number(items: Sequence[Token]) -> None:
    numbers = [int(item.info) for item in items]
    if len(set(numbers)) <= 1:
        return
    for place, (item, number) in enumerate(zip(items, numbers, strict=True)):
        # From the first that differs on: the style sheet can count on, or show what an item says of itself.
        if number != numbers[0] + place or "value" in items[place - 1].attrs:
            item.attrSet("value", str(number))
