"""Which language the interface speaks on a site."""

from builder.site.english import ENGLISH
from builder.site.german import GERMAN
from builder.site.labels import Labels


def labels_of(language: str) -> Labels:
    """The words for a language tag such as `de-AT`: its main language's, else the English ones."""
    return {"de": GERMAN}.get(language.lower().partition("-")[0], ENGLISH)
