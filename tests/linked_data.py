"""The vocabularies of our linked data, as far as we use them, and a reader of it that asks no other host."""

from typing import Any

from pyld import jsonld

SCHEMA, OA, AS = "https://schema.org/", "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#"
DC, RDF = "http://purl.org/dc/elements/1.1/", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

CONTEXTS: dict[str, dict[str, object]] = {
    "https://schema.org": {"@vocab": SCHEMA, "url": {"@type": "@id"}, "sameAs": {"@type": "@id"}},
    "http://www.w3.org/ns/anno.jsonld": {
        "id": {"@type": "@id", "@id": "@id"},
        "type": {"@type": "@id", "@id": "@type"},
        **{name: f"{OA}{name}" for name in ("Annotation", "SpecificResource", "TextQuoteSelector")},
        "TextPositionSelector": f"{OA}TextPositionSelector",
        "AnnotationPage": f"{AS}OrderedCollectionPage",
        "Text": "http://purl.org/dc/dcmitype/Text",
        "linking": f"{OA}linking",
        "items": {"@type": "@id", "@id": f"{AS}items", "@container": "@list"},
        "startIndex": {"@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger", "@id": f"{AS}startIndex"},
        "body": {"@type": "@id", "@id": f"{OA}hasBody"},
        "target": {"@type": "@id", "@id": f"{OA}hasTarget"},
        "source": {"@type": "@id", "@id": f"{OA}hasSource"},
        "selector": {"@type": "@id", "@id": f"{OA}hasSelector"},
        "motivation": {"@type": "@vocab", "@id": f"{OA}motivatedBy"},
        "exact": f"{OA}exact",
        "prefix": f"{OA}prefix",
        "suffix": f"{OA}suffix",
        "start": {"@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger", "@id": f"{OA}start"},
        "end": {"@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger", "@id": f"{OA}end"},
        "format": f"{DC}format",
        "language": f"{DC}language",
    },
}
"""By address: schema.org's vocabulary, and the terms of the Web Annotation context that we write."""


def expanded(document: object, base: str) -> list[dict[str, Any]]:
    """The document with each term by its full name. A term that the context does not know is gone."""

    def load(address: str, _: object) -> dict[str, object]:
        return {"contextUrl": None, "documentUrl": address, "document": {"@context": CONTEXTS[address]}}

    found: list[dict[str, Any]] = jsonld.expand(document, {"base": base, "documentLoader": load})
    return found
