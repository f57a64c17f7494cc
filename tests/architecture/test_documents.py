"""The documents name what exists: files, actions, addresses, settings, dependencies, commands."""

import re
import tomllib

import pytest

from tests.architecture.addresses import forum_patterns
from tests.architecture.sources import ROOT, modules, syntax_tree

DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
FILE = re.compile(r"`((?:accounts|config|docs|fixtures|forum|static|templates|tests)/[\w./-]+\.\w+)`")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
SETTING = re.compile(r'env_\w+\(\s*"([A-Z_]+)"')
COMMAND = re.compile(r"`?make ([a-z][a-z0-9-]+)`")


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


def rows_of(document):
    """Return the first cell of each row of the document's tables."""
    return [line.split("|")[1] for line in document.splitlines() if line.startswith("|")]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_document_names_files_that_exist(document):
    text = document.read_text(encoding="utf-8")
    named = [ROOT / name for name in FILE.findall(text)] + [document.parent / name for name in LINK.findall(text)]

    assert [str(path) for path in named if not path.exists()] == []


def test_the_readme_lists_every_setting():
    read = {name for path in modules("config") for name in SETTING.findall(path.read_text(encoding="utf-8"))}
    listed = {name for cell in rows_of(text_of("README.md")) for name in re.findall(r"`([A-Z_]+)`", cell)}

    # mail_settings and the like are given the name by their caller.
    given = set(re.findall(r'(?:mail_settings|secret_key|site_url)\("([A-Z_]+)"', text_of("config/settings.py")))
    assert listed == read | given


def test_the_readme_lists_every_dependency():
    project = tomllib.loads(text_of("pyproject.toml"))
    wanted = [
        *project["project"]["dependencies"],
        *(one for group in project["dependency-groups"].values() for one in group),
    ]
    names = {re.split(r"[\[~<>=! ]", one)[0].lower() for one in wanted}
    cells = " , ".join(rows_of(text_of("README.md"))).lower()
    listed = {name for name in names if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", cells)}

    assert names - listed == set()


def test_the_architecture_lists_every_action():
    defined = {
        node.name
        for path in modules("forum/actions")
        for node in syntax_tree(path).body
        if type(node).__name__ == "FunctionDef" and not node.name.startswith("_")
    }
    named = set(re.findall(r"`(\w+)[(`]", text_of("docs/architecture.md")))

    assert defined - named == set()


def test_the_architecture_lists_every_address():
    """By the words of each address that are not variables."""
    words = set(
        re.findall(r"[\w.-]+", text_of("docs/architecture.md").partition("## Addresses")[2].partition("## Reading")[0])
    )
    fixed = {
        piece
        for pattern in forum_patterns()
        for part in str(pattern.pattern).split("/")
        for piece in re.split("<[^>]*>", part)
        if piece and not part.startswith("<")
    }

    assert fixed - words == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_document_names_make_targets_that_exist(document):
    targets = set(re.findall(r"^([a-z][a-z0-9-]*):", text_of("Makefile"), re.MULTILINE))

    assert set(COMMAND.findall(document.read_text(encoding="utf-8"))) - targets == set()
