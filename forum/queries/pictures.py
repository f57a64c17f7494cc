"""May this viewer see that uploaded picture?"""

from django.db.models import QuerySet

from forum import permissions
from forum.limits import Rules
from forum.models import Person, Picture, PictureUse, Post, Revision, Suggestion


def is_visible(name: str, *, viewer: Person, rules: Rules) -> bool:
    """Say whether the picture at `name` is the viewer's own upload or stands in a text that they may read now.

    A text is a post as it is, one of its earlier texts or suggested edits, a tag's guide, or a help page. An upload
    that stands nowhere yet is its uploader's alone. Three queries for a picture of a post as it is.
    """
    picture = Picture.objects.select_related("guest").filter(name=name).first()
    if picture is None:
        return False
    if _is_own(picture, viewer):
        return True
    uses = PictureUse.objects.filter(picture=picture)
    places = list(uses.values_list("post", flat=True))
    if None in places:  # a guide or a help page, which everyone reads
        return True
    posts = Post.objects.visible_to(viewer).filter(pk__in=uses.values("post")) if places else Post.objects.none()
    return posts.filter(body_html__contains=name).exists() or _is_in_another_text(posts, name, viewer, rules)


def _is_own(picture: Picture, viewer: Person) -> bool:
    """Say whether `viewer` added it, also as the guest they were before they had an account."""
    if viewer.is_authenticated:
        return viewer.pk in {picture.uploader_id, picture.guest and picture.guest.claimed_by_id}
    return viewer.pk is not None and viewer.pk == picture.guest_id


def _is_in_another_text(posts: QuerySet[Post], name: str, viewer: Person, rules: Rules) -> bool:
    visible = posts.values("pk")
    revisions = Revision.objects.filter(post__in=visible, body__contains=name).select_related("post")
    if any(permissions.can_read_revision(viewer, one, rules) for one in revisions):
        return True
    suggested = Suggestion.objects.open().filter(post__in=visible, body__contains=name).select_related("post")
    return any(permissions.can_read_suggestion(viewer, one, rules) for one in suggested)
