"""Members as pages find them: by name, however it is written."""

from django.http import Http404

from accounts.models import User
from accounts.names import MAX_LENGTH, name_key

NO_SUCH_MEMBER = "There’s no one by this name here. They may have closed their account."


def get_member_or_404(name: str) -> User:
    """Return the member whose page is `/user/NAME/`; raise `Http404` for unknown names and closed accounts."""
    if "\x00" in name or not name.strip() or len(name) > MAX_LENGTH * 2:
        raise Http404(NO_SUCH_MEMBER)
    try:
        member: User = User.objects.select_related("preferences").get(name_key=name_key(name))
    except User.DoesNotExist:
        raise Http404(NO_SUCH_MEMBER) from None
    if member.closed_at is not None:
        raise Http404(NO_SUCH_MEMBER)
    return member
