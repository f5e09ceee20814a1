"""The README's tables of keys and of what templates see, made from the models and the views.

`python tests/readme_tables.py` writes them anew. They stand between `<!-- table: name -->` and `<!-- /table -->`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from sample import ROOT

from builder.build import build
from builder.files import Files
from builder.outlets.folder import read_site
from builder.reading.json_schemas import json_schemas
from builder.reading.schema_site import PageForm
from builder.site.frame import Page, site_of
from builder.site.labels import Labels
from builder.site.page_bundle import wrapping_pages
from builder.site.pages import all_pages

README = ROOT / "README.md"
TABLE = re.compile(r"(?<=<!-- table: )(?P<name>[\w-]+)( -->\n\n)(.*?)(?=\n<!-- /table -->)", re.DOTALL)
Schema = dict[str, Any]


def with_tables(readme: str) -> str:
    """The README with each of its tables as it should be."""
    made = tables()
    return TABLE.sub(lambda found: found["name"] + found[2] + made[found["name"]], readme)


def tables() -> dict[str, str]:
    schemas = {name.partition(".")[0]: json.loads(body) for name, body in json_schemas(()).items()}
    keys = {name: key_table(schema) for name, schema in schemas.items()}
    page = {"properties": PageForm.model_json_schema()["properties"], "required": ["title"]}
    return {**keys, "page": key_table(page), "templates": template_table(), "views": view_table()}


# --- keys -----------------------------------------------------------------------------------------------------------


def key_table(schema: Schema) -> str:
    rows = [f"| `{key}`{' **required**' * needed} | {about} |" for key, needed, about in keys_of(schema)]
    return "\n".join(["| key | for |", "|---|---|", *rows]) + "\n"


def keys_of(schema: Schema) -> Iterator[tuple[str, bool, str]]:
    """Each key with what it is for; a key inside another after it, `quotes[].line` where there are several."""
    parts = schema.get("definitions", {})
    entry = schema.get("additionalProperties")
    if isinstance(entry, dict):
        yield from _under("<id>.", parts[entry["anyOf"][0]["$ref"].rpartition("/")[2]], parts)
    yield from _under("", schema, parts)


def _under(prefix: str, schema: Schema, parts: Mapping[str, Schema]) -> Iterator[tuple[str, bool, str]]:
    for key, value in schema.get("properties", {}).items():
        if key == "ignore":
            continue  # in every file: said once, in the text
        yield prefix + key, key in schema.get("required", ()), value["description"]
        several = '"type": "array"' in json.dumps(value)
        for name in re.findall(r'"#/definitions/(\w+)"', json.dumps(value))[:1]:
            if not name.endswith("fact"):  # a value with its basis: said once, in the text
                yield from _under(f"{prefix}{key}{'[]' * several}.", parts[name], parts)


# --- what templates see ---------------------------------------------------------------------------------------------


def template_table() -> str:
    common = {field.name for field in fields(Page)}
    rows = [f"| all | {_listed(common - {'path', 'template', 'found'}, Page)} |"]
    for template, view in sorted(page_views().items()):
        rows.append(f"| `{template}` | {_listed({field.name for field in fields(view)} - common, view) or '–'} |")
    return "\n".join(["| template | `page.…` |", "|---|---|", *rows]) + "\n"


def page_views() -> dict[str, Any]:
    """Template → what it sees, for every kind of page; the sample has them all."""
    briefing = build(read_site(ROOT)[0]).briefing
    site = site_of(briefing)
    wrapping = (plan.make(site) for plan in wrapping_pages(Files({})))
    pages = [*all_pages(briefing), *(page for page in wrapping if not isinstance(page, bytes))]
    return {page.template: type(page) for page in pages}


def view_table() -> str:
    """What the fields hold that have parts."""
    pages = {Page, *page_views().values()}
    seen: set[Any] = set()
    for page in pages:
        _gather(page, seen)
    views = sorted(seen - pages, key=lambda view: (view.__name__, view.__module__))
    rows = [f"| {view.__name__} | {_listed({field.name for field in fields(view)}, view)} |" for view in views]
    return "\n".join(["| value | has |", "|---|---|", *rows]) + "\n"


def _gather(view: Any, seen: set[Any]) -> None:
    if view not in seen and view is not Labels:
        seen.add(view)
        for hint in get_type_hints(view).values():
            for part in _dataclasses_in(hint):
                _gather(part, seen)


def _dataclasses_in(hint: Any) -> Iterator[Any]:
    if is_dataclass(hint):
        yield hint
    elif get_origin(hint) is not None or isinstance(hint, UnionType):
        for part in get_args(hint):
            yield from _dataclasses_in(part)


def _listed(names: set[str], view: Any) -> str:
    hints = get_type_hints(view)
    shown = []
    for field in fields(view):
        if field.name in names:
            parts = [part.__name__ for part in _dataclasses_in(hints[field.name])]
            several = "s" if get_origin(hints[field.name]) is tuple and parts else ""
            shown.append(f"`{field.name}`" + (f" ({', '.join(f'{part}{several}' for part in parts)})" if parts else ""))
    return ", ".join(shown)


if __name__ == "__main__":
    README.write_text(with_tables(README.read_text()))
