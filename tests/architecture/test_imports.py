"""Imports stand at the top; import-linter (in `make lint`) checks which room may import which."""

import ast

from tests.architecture.sources import PACKAGES, modules, place, syntax_tree


def test_no_import_hides_inside_a_function():
    hidden = [
        place(path, statement.lineno)
        for path in modules(*PACKAGES)
        # Django allows models only once every app is ready, which is when `ready` runs.
        if path.name != "apps.py"
        for function in ast.walk(syntax_tree(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for statement in ast.walk(function)
        if isinstance(statement, ast.Import | ast.ImportFrom)
    ]

    assert hidden == []
