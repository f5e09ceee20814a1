"""The search page, and the register as its script needs it."""

import json
from dataclasses import asdict

from builder.site import urls
from builder.site.frame import NavItem, Page, Site
from builder.site.tokens import token_of
from builder.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage(Page):
    """`indexes`: the lists that lead everywhere, for a reader without JavaScript."""

    indexes: tuple[NavItem, ...]


def search_page(site: Site) -> SearchPage:
    frame = site.frame_at(urls.SEARCH)
    listed = {urls.relative(path, urls.SEARCH) for path in (urls.ENTITIES, urls.TIMELINE, urls.SOURCES)}
    return SearchPage(
        path=urls.SEARCH,
        template="search.html",
        title=site.labels.search.search,
        head_title=site.head_title(site.labels.search.search),
        description=site.labels.search.note,
        frame=frame,
        labels=site.labels,
        indexes=tuple(item for item in frame.nav if item.href in listed),
    )


def register_script(site: Site) -> bytes:
    """`searchRegister`: the interface's words, and each entity's name, address, token and forms; then the forms that
    several share, folded, each with the token that finds them all.

    Its texts are anybody's: no name can end the script or be taken for a key.
    """
    entities = [
        [entity.name, urls.entity(entity.id), token_of(entity.id), list(entity.forms or (entity.name,))]
        for entity in site.briefing.entities
    ]
    shared = {form: token for forms in site.tokens.shared.values() for form, token in forms}
    register = {
        "language": site.language,
        "words": asdict(site.labels.search),
        "articles": len(site.briefing.articles),
        "entities": entities,
        "shared": sorted(shared.items()),
    }
    text = json.dumps(register, separators=(",", ":")).replace("<", r"\u003c")
    return f'"use strict"\nwindow.searchRegister = {text}\n'.encode()
