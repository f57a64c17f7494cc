"""How static files are collected and named: by their content, scripts that import each other included."""

from django.contrib.staticfiles.apps import StaticFilesConfig
from whitenoise.storage import CompressedManifestStaticFilesStorage


class CollectedFiles(StaticFilesConfig):
    """Leaves out htmx's extensions, which we don't use: they import a name that no file has."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "hx-*"]


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Hashes the names in `import` statements too, so that a browser keeps every script for a year."""

    support_js_module_import_aggregation = True
