"""Which words a search looks for, and which others when too little has all of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import TypeAlias

from forum import plaintext
from forum.models import Person, Post
from forum.queries.search_filters import Filtered
from forum.queries.search_links import search_url
from forum.search import Found, Match, Order, Term, find_posts
from forum.search.loosening import Groups, apart, most_of, rarest_of, rarest_one
from forum.search.rarity import weights_of
from forum.search.spelling import counts_of, most_posts, suggest
from forum.search.stopwords import is_stopword
from forum.search.synonyms import synonyms_of
from forum.search.syntax import Said, Search, say
from forum.search.variants import variants_of
from forum.search.words import tokens

_FEW = 5  # questions: with fewer, those that have most of the words come after those that have all
_SPELT_MOST = 8
_COMMON = 0.2  # of all posts: a word that so many have is not asked for beside rarer ones
_COMMON_LEAST = 100  # posts of a site where that can be said
_TELLING_LEAST = 2
_AS_TYPED: Mapping[str, str] = MappingProxyType({})

_Look: TypeAlias = Callable[..., list[Found]]


@dataclass(frozen=True)
class Change:
    """How the words that were searched for differ from those that were typed.

    `also` are other names of tags; `corrected` pairs of a word that no post has and the one meant; `is_partial` says
    that no post has all the words, `is_widened` that few have, and that others follow. `exact_url` searches for nothing
    but what was typed.
    """

    also: tuple[str, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    is_partial: bool = False
    is_widened: bool = False
    exact_url: str = ""


UNCHANGED = Change()


@dataclass(frozen=True)
class Result:
    """What was found, best first, the words by which, and how they differ from those that were typed."""

    found: list[Found]
    match: Match
    change: Change = UNCHANGED


def find(
    search: Search,
    filtered: Filtered,
    order: Order,
    viewer: Person,
    look: _Look = find_posts,
    *,
    careful: frozenset[str],
) -> Result:
    """Find with all the words that say something; else with what was probably meant; else with most of the words.

    Of words in `careful`, which may say that someone is in danger, none is taken for another.
    """
    asked = (*search.groups, *((said,) for text in filtered.words for said in say(text)))
    groups = _telling(asked)
    widened = synonyms_of([said.text for group in groups for said in group if not said.is_exact], viewer)
    typed = tuple(token for group in search.groups for token in group[0].tokens)
    without = tuple(_term(said) for said in search.without)
    seek = partial(look, posts=filtered.posts, order=order, is_filtered=filtered.is_narrow, by_kind=filtered.by_kind)

    def match_of(meant: Mapping[str, str] = _AS_TYPED) -> Match:
        wanted = tuple(_terms(group, widened, meant) for group in groups)
        return _weighted(Match(wanted, without, typed=() if meant else typed))

    match = match_of()
    found = seek(match, phrases=search.phrases)
    also = tuple(dict.fromkeys(name.replace("-", " ") for names in widened.values() for name in names))
    exact_url = search_url(search.exactly(), order)
    change = Change(also=also, exact_url=exact_url if also else "")
    if not found and groups:
        meant = suggest(_spelt(groups, careful), Post.objects.listed_to(viewer))
        if meant:
            match = match_of(meant)
            found = seek(match, phrases=search.phrases)
            change = Change(also=also if found else (), corrected=tuple(meant.items()), exact_url=exact_url)
    if found and (len(found) >= _FEW or order != Order.RELEVANCE or not _is_loose(search)):
        return Result(found, match, change)
    if found and len(match.all_of) == _TELLING_LEAST and len(asked) == len(groups):
        return Result(found, match, change)  # two words by themselves mean those two
    more = _find_partly(seek, match, few=_FEW if order == Order.RELEVANCE else 1, has_some=bool(found))
    if found:
        known = {one.question_id for one in found}
        others = [one for one in more if one.question_id not in known]
        return Result([*found, *others], match, replace(change, is_widened=bool(others)))
    return Result(more, match, replace(change, is_partial=True, exact_url=exact_url) if more else UNCHANGED)


def _find_partly(seek: _Look, match: Match, *, few: int, has_some: bool) -> list[Found]:
    """Find what has most of the words, a few at least; where there is nothing at all, what has the rarest."""
    ranked = _weighted(replace(match, all_of=apart(match.all_of)))
    words, weights = ranked.all_of, ranked.weights or (1.0,) * len(ranked.all_of)
    found: list[Found] = []

    def look_for(some: Iterable[Groups], enough: int) -> None:
        for groups in some:
            known = {one.question_id for one in found}
            more = seek(Match(groups, match.none_of), ranked_by=ranked)
            found.extend(one for one in more if one.question_id not in known)
            if len(found) >= enough:
                return

    look_for([words] if words and words != match.all_of else [], 1)
    look_for([] if len(found) >= few else most_of(words, weights), few)
    if has_some:
        look_for([rarest_one(words, weights)] if len(words) == _TELLING_LEAST else [], few)
    elif not found:
        look_for(rarest_of(words, weights), 1)
    return found


def _telling(groups: Sequence[tuple[Said, ...]]) -> tuple[tuple[Said, ...], ...]:
    """Return the groups that say something; all of them where none does."""
    return tuple(group for group in groups if not _is_little(group)) or tuple(groups)


def _is_little(group: Sequence[Said]) -> bool:
    said = group[0]
    return len(group) == 1 and not (said.is_exact or said.in_title) and is_stopword(said.text)


def _is_loose(search: Search) -> bool:
    """Say whether nothing was asked for in so many words: no phrase, no title, no choice."""
    return all(len(group) == 1 and not (group[0].is_exact or group[0].in_title) for group in search.groups)


def _weighted(match: Match) -> Match:
    """Say how much each of several words counts; what nearly every post has is not asked for beside rarer ones."""
    if len(match.all_of) < _TELLING_LEAST:
        return match
    stems = dict.fromkeys(token for group in match.all_of for token in group[0].tokens)
    counts, posts = counts_of(stems), most_posts()
    says = weights_of(list(stems), counts, posts)
    weights = [max(says[token] for token in group[0].tokens) for group in match.all_of]
    least = weights_of([""], {"": round(_COMMON * posts)}, posts)[""] if posts >= _COMMON_LEAST else 0.0
    kept = [at for at, weight in enumerate(weights) if weight > least]
    if len(kept) < _TELLING_LEAST:
        kept = list(range(len(weights)))
    most = max(weights) or 1.0
    return replace(
        match,
        all_of=tuple(match.all_of[at] for at in kept),
        weights=tuple(weights[at] / most for at in kept),
    )


def _terms(group: Sequence[Said], widened: Mapping[str, Sequence[str]], meant: Mapping[str, str]) -> tuple[Term, ...]:
    """Return the terms that a group comes to: its own, corrected where need be, and other names of its tags
    and spellings."""
    terms = [_term(replace(said, tokens=_tokens(said, meant))) for said in group]
    for said in group:
        if not said.is_exact:
            others = (*widened.get(said.text, ()), *variants_of(said.text))
            terms += [Term(tuple(tokens(name)), said.in_title) for name in others]
    return tuple(dict.fromkeys(terms))


def _term(said: Said) -> Term:
    return Term(said.tokens, said.in_title)


def _tokens(said: Said, meant: Mapping[str, str]) -> tuple[str, ...]:
    if said.is_exact or meant.keys().isdisjoint(said.words):
        return said.tokens
    return tuple(token for word in said.words for token in tokens(meant.get(word, word)))


def _spelt(groups: Sequence[Sequence[Said]], careful: frozenset[str]) -> list[str]:
    words = (word for group in groups for said in group if not said.is_exact for word in said.words)
    return [word for word in dict.fromkeys(words) if careful.isdisjoint(plaintext.words(word))][:_SPELT_MOST]
