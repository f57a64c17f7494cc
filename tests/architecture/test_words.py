"""What people read is said as `docs/words.md` says it: some words are never ours."""

import ast
import json
import re

import pytest

from tests.architecture.sources import ROOT, modules, place, syntax_tree

# `mail` alone is a name in code and addresses; these stand only where someone writes for readers.
STILTED = re.compile(
    r"\b(somebody|anybody|everybody|nobody|whoever|anew|mails|e-mails?|shall|meanwhile)\b", re.IGNORECASE
)
COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)
CODE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", re.DOTALL)
SAID = re.compile(r'"([^"]*)"')
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.*") if path.suffix in {".html", ".txt"})
READ = (
    "pages.json",
    "replies.json",
    "close_reasons.json",
    "flag_reasons.json",
    "content_notes.json",
    "help_lines.json",
)


def sentences_of(path):
    """Return the strings of a module that someone may read, with their lines: no docstrings, no names."""
    tree = syntax_tree(path)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    unread = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    # A string under a name is that name's explanation, as a docstring is.
    unread |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in unread and " " in node.value.strip():
            yield node.lineno, node.value


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_says_it_stiffly(path):
    text = COMMENT.sub("", path.read_text(encoding="utf-8"))
    # What a tag is given in quotes is read too: titles, hints, labels.
    read = [*SAID.findall(" ".join(CODE.findall(text))), CODE.sub(" ", text)]

    assert [found.group() for said in read if " " in said for found in STILTED.finditer(said)] == []


def test_no_sentence_in_python_says_it_stiffly():
    said = [
        f"{place(path, line)} {found.group()}"
        for path in modules("accounts", "forum", "config")
        for line, sentence in sentences_of(path)
        for found in STILTED.finditer(sentence)
    ]

    assert said == []


@pytest.mark.parametrize("name", READ)
def test_no_text_that_comes_with_the_site_says_it_stiffly(name):
    text = json.dumps(json.loads((ROOT / "fixtures" / name).read_text(encoding="utf-8")), ensure_ascii=False)

    assert STILTED.findall(text) == []
