"""What is new, for feed readers: Atom (RFC 4287) and JSON Feed 1.1, with the changes and the events.

Only for a site with a `url`. Ids are addresses, so they stay while that does; a change is known by its day and its
words. No clock: a change has its own day, an event that of the last change, for what else is known of it is in it.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256

from builder.model import Change, Day
from builder.site import urls
from builder.site.data.event_words import told as told_of
from builder.site.data.formats import spread_out
from builder.site.data.kinds import iso_day
from builder.site.data.plain import for_xml, plain
from builder.site.data.stamps import edited, rfc3339, stamp_of
from builder.site.dating import long
from builder.site.frame import Site
from builder.site.web import absolute, base_of
from builder.values import dataclass

EVENTS_IN_FEED = 100
"""The latest ones. A feed is fetched again and again; all events are in `data/events.json`."""
JSON_FEED_VERSION = "https://jsonfeed.org/version/1.1"


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    address: str
    title: str
    text: str
    updated: Day


def atom_file(site: Site) -> bytes:
    base = base_of(site.briefing.settings.url)
    return atom(site, items(site, base), base)


def json_feed_file(site: Site) -> bytes:
    base = base_of(site.briefing.settings.url)
    return json_feed(site, items(site, base), base)


def items(site: Site, base: str) -> list[Item]:
    return [*changes(site, base), *latest(site, base)]


def changes(site: Site, base: str) -> Iterator[Item]:
    """The changes, the latest first; two of one text on one day are one."""
    found: dict[str, Item] = {}
    for change in site.briefing.changes:
        item = change_item(change, site, base)
        found.setdefault(item.id, item)
    yield from sorted(found.values(), key=lambda item: item.updated, reverse=True)


def change_item(change: Change, site: Site, base: str) -> Item:
    words, day = plain(change.text), stamp_of(change.when)
    return Item(
        id=f"{base}#change-{iso_day(day)}-{sha256(words.encode()).hexdigest()[:8]}",
        address=f"{base}#changes",
        title=f"{site.labels.what_changed}: {long(change.when, site.language)}",
        text=words,
        updated=day,
    )


def latest(site: Site, base: str) -> Iterator[Item]:
    """The events in the order of the timeline, turned round."""
    day = edited(site.briefing)
    for told in (told_of(event, site) for event in site.briefing.events[: -EVENTS_IN_FEED - 1 : -1]):
        address = absolute(base, urls.event(told.event.key))
        yield Item(address, address, told.heading, "\n".join(told.lines), day)


def atom(site: Site, items: Iterable[Item], base: str) -> bytes:
    briefing, settings = site.briefing, site.briefing.settings
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{for_xml(settings.language)}">',
        f"<id>{for_xml(base)}</id>",
        f"<title>{for_xml(briefing.title)}</title>",
        *([f"<subtitle>{for_xml(settings.description)}</subtitle>"] if settings.description else []),
        f"<updated>{rfc3339(edited(briefing))}</updated>",
        f'<link rel="self" type="application/atom+xml" href="{for_xml(base + urls.ATOM)}"/>',
        f'<link rel="alternate" type="text/html" href="{for_xml(base)}"/>',
        *(f"<author><name>{for_xml(name)}</name></author>" for name in authors(site)),
        *([f"<rights>{for_xml(settings.license)}</rights>"] if settings.license else []),
    ]
    for item in items:
        lines += [
            "<entry>",
            f"<id>{for_xml(item.id)}</id>",
            f"<title>{for_xml(item.title)}</title>",
            f"<updated>{rfc3339(item.updated)}</updated>",
            f'<link rel="alternate" type="text/html" href="{for_xml(item.address)}"/>',
            f'<content type="text">{for_xml(item.text)}</content>',
            "</entry>",
        ]
    return ("\n".join([*lines, "</feed>"]) + "\n").encode()


def authors(site: Site) -> list[str]:
    """Atom asks for one: where the site names nobody, it is the site itself."""
    return [author.title for author in site.briefing.settings.authors] or [site.briefing.settings.title]


def json_feed(site: Site, items: Iterable[Item], base: str) -> bytes:
    settings = site.briefing.settings
    head = {
        "version": JSON_FEED_VERSION,
        "title": site.briefing.title,
        "description": settings.description,
        "home_page_url": base,
        "feed_url": base + urls.JSON_FEED,
        "language": settings.language,
        "authors": [{"name": name} for name in authors(site)],
    }
    records = [
        {
            "id": item.id,
            "url": item.address,
            "title": item.title,
            "content_text": item.text,
            "date_modified": rfc3339(item.updated),
        }
        for item in items
    ]
    known = {key: value for key, value in head.items() if value}
    return (spread_out({**known, "items": records}) + "\n").encode()
