"""What a list of questions leaves out: read from its address, applied, and shown as links that keep each other."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace

from forum.choices import Intent, Sort, Unanswered
from forum.models import Person
from forum.models.posts import QuestionQuerySet
from forum.queries.following import followed_among
from forum.queries.paging import Tab

INTENTS = {
    Intent.LISTENING.value: "Wants listening",
    Intent.ADVICE.value: "Wants advice",
    Intent.INFORMATION.value: "Wants information",
}
_ANSWERS = {"none": "Needs a first answer", "some": "Has answers", "best": "Has a best answer"}
_FOLLOWED = {"1": "In what you follow"}
_NOTES = {"none": "Without content notes"}
_LABELS = {"intent": INTENTS, "answers": _ANSWERS, "followed": _FOLLOWED, "notes": _NOTES}
_GROUPS = {"What would help": ("intent",), "Answers": ("answers",), "Only": ("followed", "notes")}


@dataclass(frozen=True)
class ListFilters:
    """The choices of a list; fields are the parameters of its address, and an empty one leaves nothing out.

    `by` is a way to be unanswered, and holds in that list alone, where `answers` does not.
    """

    by: str = ""
    answers: str = ""
    intent: str = ""
    followed: str = ""
    notes: str = ""

    @property
    def are_set(self) -> bool:
        """Whether the list leaves anything out but for its order."""
        return any(getattr(self, name) for name in _LABELS)

    @property
    def parameters(self) -> dict[str, str]:
        """The filters as parameters of an address."""
        return asdict(self)

    def holding_for(self, viewer: Person, sort: Sort) -> "ListFilters":
        """Return those that mean something to `viewer` in the list `sort`."""
        is_unanswered = sort == Sort.UNANSWERED
        return replace(
            self,
            by=self.by if is_unanswered else "",
            answers="" if is_unanswered else self.answers,
            followed=self.followed if viewer.is_authenticated else "",
        )


NO_FILTERS = ListFilters()


@dataclass(frozen=True)
class FilterGroup:
    """Some filters under a heading; the address of one that is on takes it off."""

    label: str
    links: tuple[Tab, ...]


@dataclass(frozen=True)
class FilterPanel:
    """The filters of a list: those that can be chosen, those that are on, and the ways to be unanswered."""

    groups: tuple[FilterGroup, ...]
    chosen: tuple[Tab, ...]
    ways: tuple[Tab, ...]
    clear_url: str


def read_filters(query: Mapping[str, str]) -> ListFilters:
    """Read the filters of an address; what nobody knows leaves nothing out, so that no old link breaks."""
    known = {name: query.get(name, "") for name in _LABELS if query.get(name, "") in _LABELS[name]}
    by = query.get("by", "")
    return ListFilters(by=by if by in Unanswered.values else "", **known)


def apply_filters(questions: QuestionQuerySet, filters: ListFilters, viewer: Person) -> QuestionQuerySet:
    """Return those of `questions` that `filters` leave; asks what `viewer` follows when that matters."""
    if filters.answers == "none":
        questions = questions.unanswered()
    elif filters.answers == "some":
        questions = questions.filter(answer_count__gt=0)
    elif filters.answers == "best":
        questions = questions.exclude(accepted_answer=None)
    if filters.intent:
        questions = questions.filter(intent=filters.intent)
    if filters.notes:
        questions = questions.without_notes()
    if filters.followed:
        questions = followed_among(questions, viewer)
    return questions


def apply_lack(questions: QuestionQuerySet, by: str) -> QuestionQuerySet:
    """Return those of `questions` that lack what `by` names."""
    if by == Unanswered.SELECTED:
        return questions.without_best_answer()
    if by == Unanswered.UPVOTES:
        return questions.without_liked_answer()
    return questions.unanswered()


def get_filter_panel(
    filters: ListFilters, viewer: Person, sort: Sort, address: Callable[[ListFilters], str]
) -> FilterPanel:
    """Return the filters of a list whose address with other filters is `address(…)`; asks no query."""
    unanswered = sort == Sort.UNANSWERED
    groups = {label: _links(names, filters, address) for label, names in _GROUPS.items()}
    if unanswered:
        del groups["Answers"]
    if not viewer.is_authenticated:
        groups["Only"] = _links(("notes",), filters, address)
    return FilterPanel(
        groups=tuple(FilterGroup(label, links) for label, links in groups.items()),
        chosen=tuple(link for links in groups.values() for link in links if link.is_current),
        ways=tuple(
            Tab(str(way.label), address(replace(filters, by=way.value)), way == filters.by) for way in Unanswered
        )
        if unanswered
        else (),
        clear_url=address(ListFilters(by=filters.by)),
    )


def _links(names: tuple[str, ...], filters: ListFilters, address: Callable[[ListFilters], str]) -> tuple[Tab, ...]:
    return tuple(
        Tab(label, address(replace(filters, **{name: "" if is_on else value})), is_on)
        for name in names
        for value, label in _LABELS[name].items()
        for is_on in [getattr(filters, name) == value]
    )
