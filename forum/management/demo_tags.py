"""The demo community's tags: what some of them are about, and their other names, approved and asked for."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from accounts.models import User
from forum.choices import SynonymState
from forum.effects import tag_texts
from forum.models import Tag, TagSynonym


def load(written: Iterable[dict[str, Any]], members: Mapping[str, User]) -> None:
    """Describe these tags, which questions of the community carry, and give them their other names."""
    for about in written:
        tag = Tag.objects.get(name=about["name"])
        tag_texts.write(tag, about["excerpt"], about["guide"], members[about["editor"]], reason="What it is for")
        TagSynonym.objects.bulk_create(
            TagSynonym(name=name, tag=tag, state=SynonymState.APPROVED, decided_at=timezone.now())
            for name in about["synonyms"]
        )
        TagSynonym.objects.bulk_create(
            TagSynonym(name=asked["name"], tag=tag, asked_by=members[asked["by"]]) for asked in about["asked"]
        )
