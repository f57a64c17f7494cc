"""Finds the project's own files for the tests of this folder."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("config", "accounts", "forum")


def modules(*folders):
    """Return every Python file below these folders, migrations left out."""
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def templates():
    """Return every HTML template but those of mails, whose readers know no style sheet."""
    return [path for path in sorted((ROOT / "templates").rglob("*.html")) if "email" not in path.parts]


def syntax_tree(path):
    """Return the module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def place(path, line):
    """Return what an editor opens on a click."""
    return f"{path.relative_to(ROOT)}:{line}"
