"""What a page is about, for search engines: JSON-LD with the words of schema.org, in the page's head.

Only what a source states: no inferred publisher, agency, author or date, and no headline that the editor supplied.
Addresses within the site are relative, as everywhere. The script is data, which no browser runs.
"""

import json

from markupsafe import Markup as Html

from builder.model import Article, Claim, Entity, Event, Link
from builder.site import urls
from builder.site.data.event_words import basis_of
from builder.site.data.plain import plain
from builder.site.dating import iso
from builder.site.frame import Site
from builder.site.texts import html_of

CONTEXT = "https://schema.org"
NO_ENDING = {"<": r"\u003c", ">": r"\u003e", "&": r"\u0026", "\u2028": r"\u2028", "\u2029": r"\u2029"}
"""No text may end the script that holds it."""
TYPES = {"person": "Person", "organization": "Organization", "place": "Place", "document": "CreativeWork"}
WIKIDATA = "http://www.wikidata.org/entity/"
SOURCE, EVENT, ENTITY = "#source", "#event", "#entity"
"""What follows a page's address where not the page is meant but what it is about."""

Node = dict[str, object]
encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def script(node: Node) -> Html:
    known = {key: value for key, value in node.items() if value}
    text = encode({"@context": CONTEXT, **known})
    for sign, code in NO_ENDING.items():
        text = text.replace(sign, code)
    return html_of(text)


def linked_article(article: Article) -> Html:
    published = article.published
    return script(
        {
            "@type": "NewsArticle",
            "@id": SOURCE,
            "headline": "" if article.title_is_editorial else article.title,
            "publisher": organization("" if article.publisher.basis else article.publisher.value),
            "sourceOrganization": [organization(one.value) for one in article.agencies if one.value and not one.basis],
            "author": [{"name": one.value} for one in article.authors if one.value and not one.basis],
            "datePublished": iso(published.when) if published.when and not published.basis else "",
            "inLanguage": article.language,
            "url": article.url,
            "archivedAt": article.archive_url,
        }
    )


def organization(name: str) -> Node | None:
    return {"@type": "Organization", "name": name} if name else None


def linked_entity(entity: Entity) -> Html:
    """Role words, which begin with a small letter, are no names of its own."""
    return script(
        {
            "@type": TYPES.get(entity.kind, "Thing"),
            "@id": ENTITY,
            "name": entity.name,
            "alternateName": [form for form in entity.forms if form != entity.name and not form[:1].islower()],
            "description": plain(entity.description),
            "sameAs": [WIKIDATA + entity.wikidata] if entity.wikidata else [],
        }
    )


def linked_event(event: Event, site: Site) -> Html:
    """With its day only where a source states it and none gives another."""
    page = urls.event(event.key)
    stated = basis_of(event) is None and not event.conflict
    return script(
        {
            "@type": "Event",
            "@id": EVENT,
            "name": event.title,
            "description": plain(event.note),
            "startDate": iso(event.when) if stated else "",
            "about": [
                {"@id": urls.relative(urls.entity(key) + ENTITY, page)}
                for key in event.entities
                if key in site.at.entities
            ],
            "subjectOf": [
                {"@id": urls.relative(urls.article(slug) + SOURCE, page)}
                for slug in dict.fromkeys(account.article for account in event.accounts)
            ],
        }
    )


def linked_briefing(site: Site) -> Html:
    briefing, settings = site.briefing, site.briefing.settings
    return script(
        {
            "@type": "Report",
            "@id": "#briefing",
            "headline": briefing.title,
            "description": settings.description,
            "author": [named(author) for author in settings.authors],
            "dateModified": iso(briefing.as_of),
            "version": briefing.edition,
            "inLanguage": settings.language,
            "hasPart": [linked_claim(claim) for claim in briefing.key_points],
        }
    )


def named(link: Link) -> Node:
    return {"name": link.title, "url": link.url} if link.url else {"name": link.title}


def linked_claim(claim: Claim) -> Node:
    appearances = dict.fromkeys(urls.article(cite.article) + SOURCE for cite in claim.text.cites)
    return {"@type": "Claim", "text": plain(claim.text), "appearance": [{"@id": one} for one in appearances]}
