"""Where pages stand, and how one page points to another: relative, and always to a file's name."""

from functools import lru_cache

from builder.model import Passage

HOME = "index.html"
TIMELINE = "timeline.html"
DIFFERENCES = "differences.html"
SOURCES = "sources.html"
ENTITIES = "entities/index.html"
QUOTATIONS = "quotations.html"
SEARCH = "search.html"
DATA = "data.html"
NOT_FOUND = "404.html"

REGISTER_SCRIPT = "assets/search/register.js"
QUOTATIONS_JSON = "data/quotations.json"
DIFFERENCES_JSON = "data/differences.json"
DIFFERENCES_CSV = "data/differences.csv"
SOURCES_JSON = "data/sources.json"
SOURCES_BIB = "data/sources.bib"
ANNOTATIONS = "data/annotations.json"
TIMELINEJS = "data/timelinejs.json"
ICS = "timeline.ics"
ATOM = "feed.xml"
JSON_FEED = "feed.json"
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
CARD = "card.png"


def article(slug: str) -> str:
    return f"articles/{slug}.html"


def entity(entity_id: str) -> str:
    return f"entities/{entity_id}.html"


def event(key: str) -> str:
    return f"events/{key}.html"


def versions(one: str, other: str) -> str:
    return f"versions/{one}--{other}.html"


def question(question_id: str) -> str:
    return f"{DIFFERENCES}#{question_id}"


def free_page(slug: str) -> str:
    return f"{slug}.html"


def line(slug: str, number: int) -> str:
    return f"{article(slug)}#p{number}"


def passage(found: Passage) -> str:
    return f"{article(found.article)}#{found.id}"


def data(name: str, form: str) -> str:
    """A table's file; `form` is json or csv."""
    return f"data/{name}.{form}"


def schema(document: str) -> str:
    """The JSON Schema of a file of data, beside it."""
    return document.removesuffix(".json") + ".schema.json"


def schema_name(document: str) -> str:
    return schema(document).rpartition("/")[2]


def place(kind: str, key: str) -> str:
    """Where something of the briefing is read; `kind` and `key` as in `model.Use`."""
    match kind:
        case "article":
            return article(key)
        case "event":
            return event(key)
        case "entity":
            return entity(key)
        case "question":
            return question(key)
        case "page":
            return free_page(key)
        case _:
            return HOME


def relative(target: str, start: str) -> str:
    """The address of `target` as the page `start` writes it: both are paths in the output.

    >>> relative("timeline.html#named", "entities/kyiv.html")
    '../timeline.html#named'
    """
    path, _, fragment = target.partition("#")
    if path == start and fragment:
        return f"#{fragment}"
    up, shared = _way(path[: path.rfind("/") + 1], start[: start.rfind("/") + 1])
    return up + target[shared:]


@lru_cache(maxsize=1000)
def _way(folder: str, start: str) -> tuple[str, int]:
    """How one climbs from a folder to where another branches off, and how many characters of its path are above that.

    A site has few folders, and a hundred links for each page.
    """
    folders, here = folder.split("/"), start.split("/")
    shared = 0
    while shared < min(len(folders), len(here)) - 1 and folders[shared] == here[shared]:
        shared += 1
    return "../" * (len(here) - 1 - shared), sum(len(name) + 1 for name in folders[:shared])
