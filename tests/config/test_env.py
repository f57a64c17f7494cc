"""Environment variables that make no sense stop the start with a sentence."""

import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env


@pytest.mark.parametrize(
    ("text", "answer"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("false", False), ("", True)]
)
def test_a_switch_understands_yes_and_no(monkeypatch, text, answer):
    monkeypatch.setenv("SWITCH", text)

    assert env.env_bool("SWITCH", default=True) is answer


@pytest.mark.parametrize("text", ["maybe", "2", "tru"])
def test_a_switch_refuses_anything_else(monkeypatch, text):
    monkeypatch.setenv("SWITCH", text)

    with pytest.raises(ImproperlyConfigured) as refusal:
        env.env_bool("SWITCH", default=True)

    assert str(refusal.value) == f"SWITCH must be 1 or 0 (true or false), not “{text}”."


def test_a_number_is_read(monkeypatch):
    monkeypatch.setenv("NUMBER", " 10 ")

    assert env.env_int("NUMBER", 3, least=0, most=10) == 10


@pytest.mark.parametrize("text", ["eleven", "11", "-1", "1.5", "²"])
def test_a_number_refuses_what_is_none_or_out_of_range(monkeypatch, text):
    monkeypatch.setenv("NUMBER", text)

    with pytest.raises(ImproperlyConfigured) as refusal:
        env.env_int("NUMBER", 3, least=0, most=10)

    assert str(refusal.value) == f"NUMBER must be a whole number from 0 to 10, not “{text}”."


def test_a_list_is_split_at_commas(monkeypatch):
    monkeypatch.setenv("HOSTS", "a.example, b.example")

    assert env.env_list("HOSTS") == ["a.example", "b.example"]


def test_a_list_refuses_an_empty_item(monkeypatch):
    monkeypatch.setenv("HOSTS", "a.example,,b.example")

    with pytest.raises(ImproperlyConfigured) as refusal:
        env.env_list("HOSTS")

    assert str(refusal.value) == "HOSTS has an empty item: “a.example,,b.example”. Write it as “one,two”."


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("forum.example", "SITE_URL must start with http:// or https:// and name a host."),
        ("ftp://forum.example", "SITE_URL must start with http:// or https:// and name a host."),
        ("https://", "SITE_URL must start with http:// or https:// and name a host."),
        (
            "https://forum.example:port",
            "SITE_URL is not an address: Port could not be cast to integer value as 'port'.",
        ),
        ("https://forum.example/forum", "SITE_URL must be a bare address such as https://forum.example.org."),
    ],
)
def test_the_site_address_refuses_what_is_no_bare_address(monkeypatch, address, sentence):
    monkeypatch.setenv("SITE_URL", address)

    with pytest.raises(ImproperlyConfigured) as refusal:
        env.site_url("SITE_URL", "")

    assert str(refusal.value) == sentence


def test_mail_lands_in_files_without_a_server(monkeypatch, tmp_path):
    monkeypatch.delenv("EMAIL_URL", raising=False)

    assert env.mail_settings("EMAIL_URL", tmp_path) == {
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": tmp_path,
    }


def test_a_mail_server_is_read_from_its_address(monkeypatch, tmp_path):
    monkeypatch.setenv("EMAIL_URL", "smtp+tls://post%40forum:p%2Fw@mail.example")

    assert env.mail_settings("EMAIL_URL", tmp_path) == {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "mail.example",
        "EMAIL_PORT": 587,
        "EMAIL_HOST_USER": "post@forum",
        "EMAIL_HOST_PASSWORD": "p/w",
        "EMAIL_USE_TLS": True,
        "EMAIL_USE_SSL": False,
    }


def test_a_key_is_made_once_and_kept_for_its_owner_alone(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    path = tmp_path / "data" / "secret_key"

    first = env.secret_key("SECRET_KEY", path, required=False)
    second = env.secret_key("SECRET_KEY", path, required=False)

    assert first == second
    assert len(first) == 86
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["secret_key"]


def test_production_needs_a_key_of_its_own(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)

    with pytest.raises(ImproperlyConfigured) as refusal:
        env.secret_key("SECRET_KEY", tmp_path / "secret_key", required=True)

    assert str(refusal.value) == "SECRET_KEY must be set when SITE_URL starts with https://."
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "bounce@forum.example.org", f"{'b' * 15}@forum.example.org"])
def test_an_address_for_what_comes_back_is_bare_and_short(monkeypatch, text):
    monkeypatch.setenv("ADDRESS", text)

    assert env.env_address("ADDRESS") == text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Bounces <b@example.org>", "ADDRESS must be a bare address such as bounce@forum.example.org, not “{}”."),
        ("b+c@example.org", "ADDRESS must be a bare address such as bounce@forum.example.org, not “{}”."),
        ("example.org", "ADDRESS must be a bare address such as bounce@forum.example.org, not “{}”."),
        ("b@", "ADDRESS must be a bare address such as bounce@forum.example.org, not “{}”."),
        (f"{'b' * 16}@example.org", "ADDRESS may have 15 characters before the @, because more are added after them."),
    ],
)
def test_an_address_for_what_comes_back_refuses_others(monkeypatch, text, sentence):
    monkeypatch.setenv("ADDRESS", text)

    with pytest.raises(ImproperlyConfigured) as refusal:
        env.env_address("ADDRESS")

    assert str(refusal.value) == sentence.format(text)


def test_a_secret_is_long_enough_not_to_be_guessed(monkeypatch):
    monkeypatch.setenv("SECRET", "s" * 20)
    given = env.env_secret("SECRET")
    monkeypatch.setenv("SECRET", "s" * 19)

    with pytest.raises(ImproperlyConfigured) as refusal:
        env.env_secret("SECRET")

    assert (given, str(refusal.value)) == ("s" * 20, "SECRET must have at least 20 characters.")
