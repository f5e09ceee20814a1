"""The models of an author's files as JSON Schemas, for editors that complete and check YAML.

Draft 7, which every editor reads. They accept what YAML makes a number, a truth or nothing where a text is asked for,
as Sourcebook itself takes the characters; what only it can know (whether a quotation is there) they leave to it.
"""

import json
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

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


def _schema(model: type[BaseModel], about: str) -> Schema:
    made = model.model_json_schema(ref_template=f"{DEFINITIONS}{{model}}")
    parts = {_name(name): _plain(part) for name, part in made.pop("$defs", {}).items()}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        **_plain(made),
        "description": about,
        **({"definitions": parts} if parts else {}),
    }


def _entries(model: type[BaseModel], about: str) -> Schema:
    """A file of entries under ids of their own; `ignore` is no id, and an id with nothing behind it is an entry yet."""
    entry, ignore = _schema(model, about), _schema(WithIgnore, about)
    name = _name(model.__name__)
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


def _plain(schema: Schema) -> Schema:
    """Without what pydantic adds for Python's sake; an optional key may stand there with nothing behind it yet."""
    required = schema.get("required", ())
    keys = {
        key: _key(value) if key in required else _or_nothing(_key(value))
        for key, value in schema.get("properties", {}).items()
    }
    kept = {name: value for name, value in schema.items() if name != "title"}
    return {**kept, "properties": keys} if keys else kept


def _key(schema: Schema) -> Schema:
    kept = {name: value for name, value in _untitled(schema).items() if name != "default"}
    if "$ref" in kept and len(kept) > 1:  # draft 7 passes over what stands beside a $ref
        kept["allOf"] = [{"$ref": kept.pop("$ref")}]
    return kept


def _untitled(value: Any) -> Any:
    match value:
        case {"$ref": str(ref)}:
            return {**value, "$ref": DEFINITIONS + _name(ref.removeprefix(DEFINITIONS))}
        case dict():
            return {name: _untitled(inside) for name, inside in value.items() if name != "title"}
        case list():
            return [_untitled(inside) for inside in value]
    return value


def _or_nothing(schema: Schema) -> Schema:
    if {"type": "null"} in schema.get("anyOf", ()):
        return schema
    about = {"description": schema["description"]} if "description" in schema else {}
    bare = {name: value for name, value in schema.items() if name != "description"}
    return {**about, "anyOf": [bare, {"type": "null"}]}
