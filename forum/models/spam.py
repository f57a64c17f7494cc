"""WatchedWord, LearnedWord: what moderators look out for, and what the site learned from what they removed."""

from django.db import models

from forum.choices import WatchAction


class WatchedWord(models.Model):
    """A word or phrase that brings a post to the moderators' eyes; nothing published is altered."""

    phrase = models.CharField(max_length=80)
    action = models.CharField(max_length=4, choices=WatchAction.choices, default=WatchAction.FLAG)
    note = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.functions.Lower("phrase"),
                name="watched_word_unique",
                violation_error_message="This is already watched.",
            )
        ]

    def __str__(self) -> str:
        return self.phrase


class LearnedWord(models.Model):
    """How many posts with this word moderators removed as spam, and how many they let stand."""

    word = models.CharField(max_length=40, primary_key=True)
    spam_count = models.PositiveIntegerField(default=0)
    kept_count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.word
