"""How static files are collected and named: by their content, scripts that import each other included."""

import re
from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.apps import StaticFilesConfig
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

SITE_SHEET = "css/site.css"
_IMPORT = re.compile(r'^@import "([a-z-]+\.css)";\n', re.MULTILINE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LINE_START = re.compile(r"^\s+", re.MULTILINE)


class CollectedFiles(StaticFilesConfig):
    """Leaves out htmx's extensions, which we don't use: they import a name that no file has."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "hx-*"]


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Hashes the names in `import` statements too, so that a browser keeps every script for a year.

    The sheets that every page loads become one file: eleven compressed one by one weigh 3.4 KB more.
    """

    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], **options: Any) -> Iterator[Any]:
        """Join the site's sheet before its content names it."""
        if SITE_SHEET in paths and not options.get("dry_run"):
            self.delete(SITE_SHEET)
            self._save(SITE_SHEET, ContentFile(_joined(paths).encode()))
            paths = {**paths, SITE_SHEET: (self, SITE_SHEET)}
        yield from super().post_process(paths, **options)


def _joined(paths: dict[str, Any]) -> str:
    """Return the site's sheet with the sheets it imports in their place, without comments and indents."""
    imported = _IMPORT.sub(lambda found: _read(paths, f"css/{found[1]}"), _read(paths, SITE_SHEET))
    return _LINE_START.sub("", _COMMENT.sub("", imported))


def _read(paths: dict[str, Any], name: str) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return str(file.read().decode())
