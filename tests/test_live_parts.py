"""What of an open page may be exchanged, and which pages are loaded anew instead."""

import pytest
from test_live import PICTURE
from tiny import FILES, built_in_layouts, tiny

from builder.outlets.live.parts import frame_of
from builder.outlets.live.shown import Shown

DAILY = "articles/daily.html"
OWN_PAGE = '{% extends "builtin/article.html" %}{% block head %}<script src="x.js" defer></script>{% endblock %}'


def frame(changed: dict[str, str | bytes] | None = None, path: str = DAILY) -> str:
    """Of a page after these changes; empty where only loading it anew does it justice."""
    own = {place: body for place, body in (changed or {}).items() if place.startswith("layouts/")}
    bodies = {place: body.encode() if isinstance(body, str) else body for place, body in own.items()}
    layouts = built_in_layouts() | {place.removeprefix("layouts/"): body for place, body in bodies.items()}
    return Shown(built=tiny(changed), layouts=layouts).seen_at(path).frame


def with_words(path: str, old: str, new: str) -> dict[str, str | bytes]:
    assert old in FILES[path]
    return {path: FILES[path].replace(old, new)}


@pytest.mark.parametrize(
    "changed",
    [
        with_words("content/articles/daily.txt", "beside the bridge.", "beside the bridge.\nAnd <main> more."),
        with_words("content/articles/daily.yaml", "title: The bridge", "title: A bridge"),
        with_words("content/articles/daily.yaml", "text: There is one ferry.", "text: One ‘ferry’ & no <."),
        with_words("site.yaml", "The bridge", "Another bridge"),
        with_words("content/articles/weekly.yaml", "closed it on 20 January", "on 20 January"),
    ],
)
def test_what_an_author_writes_about_an_article_can_be_exchanged_in_its_page(changed: dict[str, str | bytes]) -> None:
    assert tiny(changed).sound
    assert frame(changed) == frame() != ""


@pytest.mark.parametrize(
    "changed",
    [
        {"layouts/base.html": built_in_layouts()["builtin/base.html"].replace(b'class="skip"', b'class="skips"')},
        {"layouts/base.html": built_in_layouts()["builtin/base.html"].replace(b'class="header"', b'class="head"')},
        {"layouts/assets/search/find.js": "0"},
    ],
)
def test_what_stands_around_the_main_part_cannot(changed: dict[str, str | bytes]) -> None:
    assert "" != frame(changed) != frame()


def test_a_picture_that_is_another_one_under_the_same_name_is_loaded_anew() -> None:
    assert frame(PICTURE, "about.html") != frame(PICTURE | {"content/files/map.png": b"two"}, "about.html") != ""


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({}, "search.html"),
        ({}, "nowhere.html"),
        ({}, "data/articles.json"),
        ({"layouts/assets/search.js": "0"}, DAILY),
        ({"layouts/article.html": OWN_PAGE}, DAILY),
    ],
)
def test_a_page_that_has_no_such_parts_or_other_scripts_is_loaded_anew(
    changed: dict[str, str | bytes], path: str
) -> None:
    assert frame(changed, path) == ""


WHOLE = b"<head><title>a</title></head><body><main>b</main><footer>c</footer></body>"


@pytest.mark.parametrize(
    "page",
    [
        WHOLE.replace(b"<main>", b"<main><main>"),
        WHOLE.replace(b"</main>", b""),
        WHOLE.replace(b"</main>", b"</main></main>"),
        WHOLE.replace(b"<footer>", b"<footer><footer>"),
        WHOLE.replace(b"<body>", b"<body><header></header><header></header>"),
        WHOLE.replace(b"</head>", b""),
        WHOLE.replace(b"</footer>", b"</footer><footer></footer>"),
        WHOLE.replace(b"b<", b"<script>1</script><"),
        WHOLE.replace(b"b<", b"<SCRIPT src=x></SCRIPT><"),
        WHOLE.replace(b"b<", b"<noscript><img src=x></noscript><"),
        WHOLE.replace(b"b<", b"<Template shadowrootmode=open>x</Template><"),
        WHOLE.replace(b"c<", b'<script src="assets/search.js" defer></script><'),
        WHOLE.replace(b"<title>", b'<script src="a/assets/search.js" defer></script><title>'),
        WHOLE.replace(b"<title>", b'<script src="assets/search.js" defer async></script><title>'),
    ],
)
def test_a_page_that_is_built_otherwise_has_no_frame(page: bytes) -> None:
    def none_is_own(_: str) -> bool:
        return False

    assert frame_of(page, "index.html", none_is_own) is None
    assert frame_of(WHOLE, "index.html", none_is_own) == b"<head>\0<body><main>\0</main><footer></footer></body>"


def test_every_page_of_the_tiny_site_but_the_search_can_be_exchanged() -> None:
    site = Shown(built=tiny(), layouts=built_in_layouts())
    pages = {path for path in site.files if path.endswith(".html")}
    assert {path for path in pages if not site.seen_at(path).frame} == {"search.html"}
