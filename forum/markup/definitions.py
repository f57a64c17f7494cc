"""Where a link leads that is told apart from its words: `[name]: address`. One that no link uses is shown as typed.

CommonMark would drop it: `[TW]: /suicide` above a question is a warning that nobody would see.
"""

from typing import Final, cast

from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from forum.addresses import safe_href

_NAME: Final = "name"
_ASIDE: Final = "definition"


def define(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 (the parser's own signature)
    """Keep a definition as a paragraph until it is known whether a link uses it; what leads nowhere is none."""
    line = state.line
    if not reference(state, start, end, silent) or silent:
        return False
    found = state.tokens.pop()
    if not safe_href(found.meta["url"]):
        state.line = line
        known = state.env["references"]
        if known[found.meta["id"]]["map"] == found.map:
            del known[found.meta["id"]]
        return False
    paragraph = (
        state.push("paragraph_open", "p", 1),
        state.push("inline", "", 0),
        state.push("paragraph_close", "p", -1),
    )
    for token in paragraph:
        token.map = found.map
        token.meta = {_NAME: found.meta["id"], "begins": f"[{found.meta['label']}]:"}
    paragraph[1].children = []
    paragraph[1].content = state.getLines(start, state.line, state.blkIndent, False).strip()
    return True


def set_aside(state: StateCore) -> None:
    """Keep the words of definitions from being read as text, until it is known which are used."""
    for token in state.tokens:
        if token.type == "inline" and _NAME in token.meta:
            token.type = _ASIDE


def bring_back(state: StateCore) -> None:
    """Take out the definitions that are used, and read the others as the words they are."""
    used = {
        child.meta["label"]
        for token in state.tokens
        for child in token.children or []
        if child.type in ("link_open", "image") and "label" in child.meta
    }
    for token in state.tokens:
        if _NAME not in token.meta:
            continue
        if token.meta[_NAME] in used:
            token.meta["used"] = True
            if token.type == "paragraph_close":
                used.discard(token.meta[_NAME])
        elif token.type == _ASIDE:
            token.type = "inline"
            begins = token.meta["begins"] if token.content.startswith(token.meta["begins"]) else ""
            children = cast(list[Token], token.children)
            children.append(Token("text", "", 0, content=begins))  # else the name could link to what it defines
            state.md.inline.parse(token.content.removeprefix(begins), state.md, state.env, children)
    state.tokens = [token for token in state.tokens if not token.meta.get("used")]
