"""What the site stands on fails for a while: pages go on, the health check says what it is, and all comes back."""

import logging

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection

from config.caches import PassedOver
from forum.actions import limiting
from forum.models import LimitEntry
from tests.factories import make_question
from tests.support.redis_server import needs_redis, redis

READ = ["/", "/questions/", "/tags/", "/sitemap.xml"]


@pytest.fixture
def said(caplog):
    """What the site's log says, whatever the tests' level is."""
    loggers = [logging.getLogger(name) for name in ("config", "forum")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(caplog.handler)
        logger.setLevel(logging.WARNING)
    yield lambda: [record.getMessage().partition(" (")[0] for record in caplog.records]
    for logger, level in zip(loggers, levels, strict=True):
        logger.removeHandler(caplog.handler)
        logger.setLevel(level)


@pytest.fixture
def rested(monkeypatch):
    """The next failure of the cache is the first, and no failure keeps it from being asked again."""

    def rest():
        for kind in PassedOver.__subclasses__():
            kind.rest_until, kind.said_at = 0.0, -60.0
        limiting._limiter.cache_clear()

    rest()
    yield
    rest()


@needs_redis
def test_a_redis_that_stops_is_passed_over_until_it_is_back(client, ann, tmp_path, settings, said, rested):
    question = make_question()
    with redis(tmp_path) as server:
        settings.REDIS_URL = server.url
        settings.CACHES = {
            "default": {
                "BACKEND": "config.caches.PatientRedisCache",
                "LOCATION": server.url,
                "OPTIONS": settings.REDIS_OPTIONS,
            }
        }
        limiting.spend(ann, "192.0.2.1", "vote")
        assert (health(client), LimitEntry.objects.exclude(key="healthz").count()) == ((200, "ok"), 0)

        server.stop()

        assert [client.get(path).status_code for path in [*READ, question.get_absolute_url()]] == [200] * 5
        limiting.spend(ann, "192.0.2.1", "vote")
        assert LimitEntry.objects.exclude(key="healthz").count() == 2
        status, words = health(client)
        assert (status, words.partition(": ")[0]) == (503, "the cache does not answer")
        assert said() == [
            "The cache does not answer",
            "Redis does not answer",
        ]

        server.start()

        assert health(client) == (200, "ok")
        cache.set("kept", 1)
        assert cache.get("kept") == 1


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_on_a_full_disk_people_read_on_and_are_told_that_nothing_was_saved(client, settings, rested):
    settings.CACHES = {"default": {"BACKEND": "config.caches.PatientDatabaseCache", "LOCATION": "cache"}}
    question = make_question()
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        try:
            most = cursor.execute("PRAGMA max_page_count").fetchone()[0]
            cursor.execute("CREATE TABLE ballast (stuff blob)")
            cursor.execute("PRAGMA max_page_count=1")  # no more than there are
            for small in (
                "INSERT INTO ballast VALUES (zeroblob(2000))",
                "INSERT INTO forum_limitentry VALUES (NULL, '', 0)",
            ):
                while takes(cursor, small):
                    pass

            assert [client.get(path).status_code for path in [*READ, question.get_absolute_url()]] == [200] * 5
            assert health(client)[1] == "the database takes no write"
            answer = client.post("/preview/", {"body": "What I typed for an hour."})
            assert (answer.status_code, "What I typed for an hour." in answer.content.decode()) == (503, True)

            cursor.execute(f"PRAGMA max_page_count={most}")
            assert health(client) == (200, "ok")
        finally:
            cursor.execute(f"PRAGMA max_page_count={most}")
            cursor.execute("DROP TABLE IF EXISTS ballast")


def takes(cursor, statement):
    try:
        cursor.execute(statement)
    except OperationalError:
        return False
    return True


def health(client):
    answer = client.get("/healthz/")
    return answer.status_code, answer.content.decode().splitlines()[0]
