"""The words of a text without its markup, for lists, letters and previews."""

from collections.abc import Sequence

from markdown_it.token import Token

from forum.addresses import shown
from forum.plaintext import has_visible_sign


def plain(tokens: Sequence[Token]) -> str:
    """Give the words of a post, one block a line; items keep their numbers and bullets, links their addresses."""
    lines: list[str] = []
    numbers: list[int | None] = []  # of the lists that are open: the next number, None for bullets
    mark = ""
    for token in tokens:
        if token.type.endswith("_list_open"):
            numbers.append(int(token.attrs.get("start", 1)) if token.tag == "ol" else None)
        elif token.type.endswith("_list_close"):
            numbers.pop()
        elif token.type == "list_item_open":
            number = numbers[-1]
            if number is not None:
                number = int(token.attrs.get("value", number))
                numbers[-1] = number + 1
            mark += "- " if number is None else f"{number}. "
        elif token.type == "list_item_close":
            mark = ""
        else:
            words = _words_of_block(token)
            if has_visible_sign(words):
                lines.append(f"{'  ' * (len(numbers) - 1)}{mark}{words}")
                mark = ""
    return "\n".join(lines)


def words_of(children: Sequence[Token], *, with_addresses: bool = False) -> str:
    """Give the words of one block; `with_addresses`, those of links stand in brackets behind them."""
    words: list[str] = []
    links: list[tuple[int, str]] = []
    for token in children:
        if token.type in ("softbreak", "hardbreak"):
            words.append(" ")
        elif token.type == "own_picture":
            words.append(str(token.attrs["alt"]))
        elif token.type == "image":
            words.append(words_of(token.children or []))
        elif token.type == "link_open" and with_addresses:
            links.append((len(words), shown(str(token.attrs["href"]))))
        elif token.type == "link_close" and with_addresses:
            begin, address = links.pop()
            if _letters(address.partition("//")[2] or address) not in _letters("".join(words[begin:])):
                words.append(f" ({address})")
        else:
            words.append(token.content)
    return "".join(words)


def _words_of_block(token: Token) -> str:
    if token.type == "inline":
        return words_of(token.children or [], with_addresses=True)
    return token.content.strip("\n") if token.type in ("fence", "code_block") else ""


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
