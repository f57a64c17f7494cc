"""The form in which a moderator writes: ready texts fill it, with or without scripts, and nothing is sent by that."""

from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from forum.choices import MessageKind
from forum.queries.reasons import replies
from forum.views.requests import SiteRequest

TO_MEMBERS = (MessageKind.MESSAGE, MessageKind.CARE, MessageKind.WARNING, MessageKind.NOTICE)


@dataclass(frozen=True)
class ReadyText:
    """One text of the library, as a button."""

    key: str
    title: str
    kind: str


@dataclass(frozen=True)
class Composing:
    """A form with its library; `is_sent` once it is to be sent, and fit for that."""

    form: forms.Form
    library: tuple[ReadyText, ...]
    is_sent: bool

    @property
    def status(self) -> int:
        """The status of the page that shows the form again."""
        return 422 if self.form.is_bound else 200


def compose(request: SiteRequest, form_class: type[forms.Form], kinds: tuple[str, ...] = TO_MEMBERS) -> Composing:
    """Return the form as it was sent, or filled with the text of the library that `reply` names.

    A ready text goes below what has been typed, and changes how the message is meant to what the text is for.
    """
    offered = [reply for reply in replies() if reply.kind in kinds]
    library = tuple(ReadyText(reply.key, reply.title, reply.kind) for reply in offered)
    given = request.POST if request.method == "POST" else request.GET
    chosen = next((reply for reply in offered if reply.key == given.get("reply")), None)
    if request.method == "POST" and "reply" not in request.POST:
        form = form_class(request.POST)
        return Composing(form, library, form.is_valid())

    initial = _typed(form_class, given, with_text=request.method == "POST")
    if chosen is not None:
        initial["text"] = "\n\n".join(filter(None, (initial.get("text", "").strip(), chosen.text)))
        initial["kind"] = MessageKind.MESSAGE if chosen.kind == MessageKind.NOTICE else chosen.kind
    return Composing(form_class(initial=initial), library, is_sent=False)


def _typed(form_class: type[forms.Form], given: QueryDict, *, with_text: bool) -> dict[str, str]:
    """Return what the fields hold already; an address fills no text, so that no link can put words into a form."""
    names = [name for name in form_class.base_fields if with_text or name != "text"]
    return {name: given.get(name, "") for name in names if name in given}
