"""SearchEntry, SearchWord, SearchBuild: what search knows of the posts."""

from django.db import models


class SearchEntry(models.Model):
    """The words of one published post, made regular and stemmed by `forum/search/words.py`, with single spaces between.

    `context` holds the title of the question for what stands below it. Both engines keep an index of these four
    columns by themselves (triggers and FTS5, or a generated tsvector): migrations make it.
    """

    post = models.OneToOneField("forum.Post", on_delete=models.CASCADE, primary_key=True, related_name="search_entry")
    title = models.TextField(blank=True)
    tags = models.TextField(blank=True)
    body = models.TextField(blank=True)
    context = models.TextField(blank=True)
    has_image = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["-post"], condition=models.Q(has_image=True), name="search_entry_with_image")]

    def __str__(self) -> str:
        return f"Words of post {self.pk}"


class SearchWord(models.Model):
    """A word that posts use, for what somebody mistypes: how it is stemmed, how it is written most often, in how many.

    Counted by `tidy` and `reindex`, not with each post: an estimate, a day old.
    """

    stem = models.CharField(max_length=500, unique=True)
    word = models.CharField(max_length=60)
    post_count = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["word"], name="search_word_by_word"),
            models.Index(fields=["-post_count"], name="search_word_by_use"),
        ]

    def __str__(self) -> str:
        return self.word


class SearchBuild(models.Model):
    """How far building the index anew has come; open while `finished_at` is empty."""

    last_post_id = models.BigIntegerField(default=0)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Build {self.pk}"
