"""The shapes of an author's files as JSON Schemas, for editors that complete and check YAML.

Draft 7, which every editor reads. They accept what YAML makes a number, a truth or nothing where a text is asked for,
as Sourcebook itself takes the characters; what only it can know (whether a quotation is there) they leave to it.
"""

import json
from collections.abc import Iterable
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from builder.reading.declaring import Key, Shape, keys_of
from builder.reading.fields import SLUG
from builder.reading.schema import ArticleForm, BriefingForm, EntityForm, EventForm
from builder.reading.schema_site import SiteForm
from builder.reading.shapes import WithIgnore

Schema = dict[str, Any]
DEFINITIONS = "#/definitions/"


def json_schemas(codes: Iterable[str]) -> dict[str, bytes]:
    """File name → JSON Schema, for each kind of YAML file. `codes`: those of the lint, which `checks` may name."""
    site = _schema(SiteForm, "Settings of a briefing site: site.yaml")
    site["properties"]["checks"]["propertyNames"] = {"enum": sorted(codes)}
    schemas = {
        "site": site,
        "article": _schema(ArticleForm, "The summary of an article: content/articles/<slug>.yaml"),
        "entities": _entries(EntityForm, "The register of names: content/entities.yaml"),
        "timeline": _entries(EventForm, "Merged and background events: content/timeline.yaml"),
        "briefing": _schema(BriefingForm, "The briefing itself: content/briefing.yaml"),
    }
    return {f"{name}.schema.json": _as_bytes(schema) for name, schema in schemas.items()}


def _as_bytes(schema: Schema) -> bytes:
    return (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()


def _schema(kind: type[Shape], about: str) -> Schema:
    parts: Schema = {}
    made = _object(kind, parts)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        **made,
        "description": about,
        **({"definitions": dict(sorted(parts.items()))} if parts else {}),
    }


def _entries(kind: type[Shape], about: str) -> Schema:
    """A file of entries under ids of their own; `ignore` is no id, and an id with nothing behind it is an entry yet."""
    entry, ignore = _schema(kind, about), _schema(WithIgnore, about)
    name = _name(kind.__name__)
    definitions = {**entry.pop("definitions", {}), **ignore["definitions"], name: entry}
    return {
        "$schema": entry.pop("$schema"),
        "description": entry.pop("description"),
        "type": "object",
        "properties": ignore["properties"],
        "propertyNames": {"pattern": f"^{SLUG.pattern}$"},
        "additionalProperties": {"anyOf": [{"$ref": f"{DEFINITIONS}{name}"}, {"type": "null"}]},
        "definitions": definitions,
    }


def _name(model: str) -> str:
    """What an editor calls a part: “note” where the model is NoteForm."""
    return model.removesuffix("Form").lower()


def _object(kind: type[Shape], parts: Schema) -> Schema:
    keys = keys_of(kind)
    needed = [key.name for key in keys if key.required]
    about = {} if kind.__doc__ in (None, kind.__name__) else {"description": kind.__doc__}
    return {
        "type": "object",
        **about,
        "properties": {key.name: _key(key, parts) for key in keys},
        **({"required": needed} if needed else {}),
        "additionalProperties": False,
    }


def _key(key: Key, parts: Schema) -> Schema:
    """An optional key may stand there with nothing behind it yet."""
    told = _told(key.declared, parts)
    if not key.required and {"type": "null"} not in told.get("anyOf", ()):
        told = {"anyOf": [told, {"type": "null"}]}
    if "$ref" in told:  # draft 7 passes over what stands beside one
        told = {"allOf": [told]}
    return {"description": key.about, **told}


def _told(declared: Any, parts: Schema) -> Schema:
    """What an editor is told of a type. The shapes in it are added to `parts`, by the name that refers to them."""
    if isinstance(declared, type) and issubclass(declared, Shape):
        name = _name(declared.__name__)
        if name not in parts:
            parts[name] = _object(declared, parts)
        return {"$ref": DEFINITIONS + name}
    kind, inside = get_origin(declared), get_args(declared)
    if kind is Annotated:
        told = _told(inside[0], parts)
        for mark in inside[1:]:
            told = mark.told(told, lambda part: parts[part["$ref"].removeprefix(DEFINITIONS)])
        return told
    if kind in (Union, UnionType):
        return {"anyOf": [{"type": "null"} if one is NoneType else _told(one, parts) for one in inside]}
    if kind is tuple:
        return {"type": "array", "items": _told(inside[0], parts)}
    if kind is dict:
        return {"type": "object", "additionalProperties": _told(inside[1], parts)}
    return {}
