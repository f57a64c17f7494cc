"""Where a form may lead back to: paths of this site and nothing else."""

from django.utils.http import url_has_allowed_host_and_scheme


def own_path(wanted: str | None, otherwise: str = "") -> str:
    """Return `wanted` when it is a path of this site, else `otherwise`; never raises, whatever was sent."""
    if wanted and wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return otherwise
