"""Only actions, and the effects they call, change what the forum knows."""

import ast

from tests.architecture.sources import ROOT, modules, place, syntax_tree

# The search index is derived from posts and is written by the one room that knows its engine; what became of a job is
# written by the room that did it.
WRITING_ROOMS = {"actions", "effects", "jobs", "management", "search"}
ALWAYS_WRITES = {"create", "get_or_create", "update_or_create", "bulk_create", "bulk_update"}


def is_a_write(node):
    """Tell a write of rows from a dictionary's `update` and from the like."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    verb = node.func.attr
    if verb in ALWAYS_WRITES:
        return True
    # With an argument it is something else: an image's file, a draft's action.
    if verb in {"save", "delete"}:
        return not node.args
    return verb == "update" and bool(node.keywords) and not node.args


def test_every_change_begins_once_more_when_the_database_breaks_it_off():
    files = modules("accounts", "forum/actions", "forum/admin", "forum/effects", "forum/jobs", "forum/views")

    bare = [
        place(path, decorator.lineno)
        for path in files
        for node in ast.walk(syntax_tree(path))
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
        if ast.unparse(decorator) in {"transaction.atomic", "transaction.atomic()"}
    ]

    assert bare == [], "Write @atomic_with_retry instead (accounts/transactions.py)."


def test_rows_are_written_by_actions_and_effects_alone():
    rooms = [path for path in modules("forum") if path.relative_to(ROOT / "forum").parts[0] not in WRITING_ROOMS]

    writes = [place(path, node.lineno) for path in rooms for node in ast.walk(syntax_tree(path)) if is_a_write(node)]

    assert writes == []
