"""Find what is wrong with a feed: RSS by the rules of its specification, Atom by the schema of RFC 4287."""

import re
from collections import Counter
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import html5lib
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
# Of https://www.rssboard.org/rss-specification: what a channel and an item may hold, most of it once.
_CHANNEL_NEEDS = ("title", "link", "description")
_CHANNEL_ONCE = {
    *_CHANNEL_NEEDS,
    *("language", "copyright", "managingEditor", "webMaster", "pubDate", "lastBuildDate", "generator", "docs"),
    *("cloud", "ttl", "image", "rating", "textInput", "skipHours", "skipDays", f"{ATOM}link"),
}
_ITEM_ONCE = {"title", "link", "description", "author", "comments", "enclosure", "guid", "pubDate", "source", CREATOR}
_RFC_822 = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} (?:[+-]\d{4}|GMT)")
_UNSAFE = {"script", "style", "iframe", "object", "embed", "form", "input", "link", "meta", "base"}


def faults_of_feed(content, ending):
    """Return every fault of a feed, one line each; an empty list is a good feed."""
    read = feedparser.parse(content)
    faults = [f"feedparser: {read.bozo_exception}"] if read.bozo else []
    root = etree.fromstring(content)
    return faults + (_rss_faults(root) if ending == "rss" else _atom_faults(root))


def _rss_faults(root):
    channels = root.findall("channel")
    if (root.tag, root.get("version"), len(channels), len(root)) != ("rss", "2.0", 1, 1):
        return ["not one channel in RSS 2.0"]
    channel = channels[0]
    faults = _elements(channel, _CHANNEL_ONCE, _CHANNEL_NEEDS, {"category", "item"})
    faults += [f"ttl {ttl.text!r}" for ttl in channel.findall("ttl") if not (ttl.text or "").isdecimal()]
    faults += _self_links(channel) + _addresses(one.text for one in channel.iter("link", "docs", "comments"))
    faults += _dates([*channel.findall("lastBuildDate"), *channel.iter("pubDate")])
    for item in channel.findall("item"):
        faults += _elements(item, _ITEM_ONCE, (), {"category"})
        if not (item.findtext("title") or item.findtext("description")):
            faults.append("an item without title and description")
        faults += [
            f"author {one.text!r} is no address" for one in item.findall("author") if "@" not in (one.text or "")
        ]
        guid = item.find("guid")
        faults += ["no guid"] if guid is None else []
        if guid is not None and guid.get("isPermaLink", "true") == "true":
            faults += _addresses([guid.text])
        faults += _html_faults(item.findtext("description") or "")
    return faults + _twice(guid.text for guid in channel.iter("guid"))


def _atom_faults(root):
    faults = [] if _SCHEMA.validate(root) else [str(error) for error in _SCHEMA.error_log]
    faults += _self_links(root) + _twice(one.text for one in root.iterfind(f"{ATOM}entry/{ATOM}id"))
    faults += _addresses(one.get("href") for one in root.iter(f"{ATOM}link"))
    faults += _addresses(one.text for one in root.iter(f"{ATOM}id", f"{ATOM}uri"))
    for entry in root.iter(f"{ATOM}entry"):
        # The two rules that the schema leaves to Schematron.
        faults += [] if entry.find(f"{ATOM}author") is not None else ["an entry without author"]
        links = [link for link in entry.iter(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
        faults += [] if links and entry.find(f"{ATOM}content") is not None else ["an entry without link or content"]
        faults += _html_faults(entry.findtext(f"{ATOM}content") or "")
    return faults


def _elements(parent, once, needed, often):
    counts = Counter(child.tag for child in parent)
    faults = [f"{parent.tag} has {tag} {count} times" for tag, count in counts.items() if tag in once and count > 1]
    faults += [f"{parent.tag} may not have {tag}" for tag in counts if tag not in once | often]
    return faults + [f"{parent.tag} needs {tag}" for tag in needed if not (parent.findtext(tag) or "").strip()]


def _self_links(parent):
    links = [link for link in parent.findall(f"{ATOM}link") if link.get("rel") == "self"]
    return [] if len(links) == 1 else [f"{len(links)} links to itself"]


def _dates(elements):
    return [f"date {one.text!r}" for one in elements if not _RFC_822.fullmatch(one.text or "") or not _date(one.text)]


def _date(text):
    return parsedate_to_datetime(text).tzinfo is not None


def _addresses(found):
    return [f"address {address!r} is not whole" for address in found if not _is_whole(address)]


def _is_whole(address):
    parts = urlsplit(address or "")
    return parts.scheme == "mailto" or (parts.scheme in {"http", "https"} and bool(parts.netloc) and address.isascii())


def _html_faults(text):
    elements = list(html5lib.parseFragment(text, namespaceHTMLElements=False).iter())
    unsafe = [f"<{one.tag}>" for one in elements if one.tag in _UNSAFE]
    unsafe += [name for one in elements for name in one.attrib if name.startswith("on") or name == "style"]
    return unsafe + _addresses(one.get(name) for one in elements for name in ("href", "src") if name in one.attrib)


def _twice(ids):
    return [f"{one!r} stands {count} times" for one, count in Counter(ids).items() if count > 1]
