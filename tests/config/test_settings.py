"""What the environment makes of the settings, each read in a process of its own."""

import json
import os
import subprocess
import sys

import pytest

KEY = "k3y-" * 20
SHOWN = (
    "DEBUG PRODUCTION ALLOWED_HOSTS SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS SESSION_COOKIE_SECURE SESSION_COOKIE_NAME"
    " CSRF_COOKIE_SECURE SECURE_PROXY_SSL_HEADER"
).split()


def read_settings(tmp_path, names=SHOWN, **variables):
    """Start Python with these variables alone and return the settings, or the last line of the refusal."""
    program = f"import json, config.settings as s; print(json.dumps({{n: getattr(s, n, None) for n in {names}}}))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PATH": os.environ["PATH"], "FORUM_DATA": str(tmp_path), **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    return json.loads(done.stdout) if done.returncode == 0 else done.stderr.strip().splitlines()[-1]


def test_a_laptop_needs_no_settings(tmp_path):
    assert read_settings(tmp_path) == {
        "DEBUG": False,
        "PRODUCTION": False,
        "ALLOWED_HOSTS": ["127.0.0.1", "127.0.0.1", "localhost", "[::1]"],
        "SECURE_SSL_REDIRECT": False,
        "SECURE_HSTS_SECONDS": 0,
        "SESSION_COOKIE_SECURE": False,
        "SESSION_COOKIE_NAME": "session",
        "CSRF_COOKIE_SECURE": False,
        "SECURE_PROXY_SSL_HEADER": None,
    }


def test_an_https_address_means_production(tmp_path):
    assert read_settings(tmp_path, SITE_URL="https://forum.example", SECRET_KEY=KEY, TRUSTED_PROXIES="1") == {
        "DEBUG": False,
        "PRODUCTION": True,
        "ALLOWED_HOSTS": ["forum.example"],
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31536000,
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_NAME": "__Host-session",
        "CSRF_COOKIE_SECURE": True,
        "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"],
    }


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ("", {"options": "-c random_page_cost=1.1 -c jit=off", "server_side_binding": True, "prepare_threshold": 5}),
        ("?options=-c%20work_mem=8MB", {"options": "-c work_mem=8MB"}),
        ("?options=", {}),
    ],
)
def test_postgresql_reckons_with_quick_disks_unless_its_address_says_otherwise(tmp_path, query, options):
    url = f"postgresql://forum@127.0.0.1/forum{query}"

    shown = read_settings(tmp_path, ["DATABASES"], DATABASE_URL=url)

    assert shown["DATABASES"]["default"].get("OPTIONS", {}) == options


REFUSED = "django.core.exceptions.ImproperlyConfigured: "


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"SITE_URL": "https://forum.example"}, "SECRET_KEY must be set when SITE_URL starts with https://."),
        (
            {"SITE_URL": "https://forum.example", "SECRET_KEY": "short"},
            "SECRET_KEY must have at least 50 characters.",
        ),
        (
            {"SITE_URL": "https://forum.example", "SECRET_KEY": KEY, "DEBUG": "1"},
            "DEBUG shows visitors how the site works inside, so it is not allowed with an https:// SITE_URL.",
        ),
        (
            {"DATABASE_URL": "mysql://localhost/forum"},
            "DATABASE_URL must start with postgres:// or postgresql:// and name a host.",
        ),
        ({"SECRET_KEY": "short"}, "SECRET_KEY must have at least 50 characters."),
        (
            {"DEFAULT_FROM_EMAIL": "forum"},
            "DEFAULT_FROM_EMAIL must be an address or “Name <forum@example.org>”, not “forum”.",
        ),
        ({"TRUSTED_PROXIES": "one"}, "TRUSTED_PROXIES must be a whole number from 0 to 10, not “one”."),
        ({"TIME_ZONE": "Mars/Base"}, "TIME_ZONE must be a name such as Europe/Berlin, not “Mars/Base”."),
        (
            {"LOG_LEVEL": "LOUD"},
            "LOG_LEVEL must be one of DEBUG, INFO, WARNING, ERROR, CRITICAL, not “LOUD”.",
        ),
    ],
)
def test_nonsense_stops_the_start_with_a_sentence(tmp_path, variables, sentence):
    assert read_settings(tmp_path, **variables) == REFUSED + sentence
