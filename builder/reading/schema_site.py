"""The settings in `site.yaml`, and the front matter of a free page."""

from typing import Annotated

from pydantic import Field

from builder.reading.fields import Domain, GitName, Line, Many, OneOf, Rights, Share, SiteAddress, Slug, Truth, Words
from builder.reading.shapes import PersonForm, Shape, WithIgnore, key


class StyleForm(Shape):
    accent: Line | None = key("the one colour, such as #7a1f1f; checked for contrast")


class WireCopyForm(Shape):
    threshold: Share = key("how much two texts share that print one story (Jaccard, stretches of five words)", 0.1)


class PublishForm(Shape):
    remote: GitName | None = key("the Git remote to push to; default origin")
    branch: GitName | None = key("the branch that GitHub Pages shows; default gh-pages")
    cname: Domain | None = key("a domain of your own, such as briefing.example.org")


class SearchForm(Shape):
    languages: Line | None = key("auto, or the language whose words are stemmed")


Severity = Annotated[Line, OneOf(("error", "warning", "off"))]


class SiteForm(WithIgnore):
    title: Words = Field(description="what the site is called")
    name: Slug | None = key("names what is downloaded; default briefing")
    description: Line | None = key("what it is, in a sentence")
    url: SiteAddress | None = key(
        "the folder of index.html on the web; needed for what must be absolute: feeds, the sitemap, cards, 404.html"
    )
    language: Line | None = key("of the pages, such as en or de")
    authors: Many[PersonForm] = key("who made it", ())
    license: Line | None = key("under which others may use your words, such as CC-BY-4.0")
    text: Rights | None = key("what a public site may reprint of the articles: full, passages or none")
    style: StyleForm = key("the one colour", StyleForm)
    kinds: dict[str, Line] = Field(
        default_factory=dict, description="what you call the kinds of entities, in the plural"
    )
    checks: dict[str, Severity] = Field(default_factory=dict, description="the severity of findings, by code")
    wire_copy: WireCopyForm = key("when two texts are taken for prints of one story", WireCopyForm)
    publish: PublishForm = key("where `sourcebook publish` pushes to", PublishForm)
    search: SearchForm = key("how the search reads words", SearchForm)


class PageForm(WithIgnore):
    """The front matter of a free page."""

    title: Words = Field(description="the title of the page")
    nav: Truth = key("it stands in the navigation", False)
    draft: Truth = key("counts as absent unless --drafts is given", False)
