"""A YAML document against its model: all mistakes at once, and a value to go on with, so that one mistake does not hide another."""

from collections.abc import Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from builder.problems import Problem, Span, nearest
from builder.reading.yamls import DROPPED, Document, Form, Items, Text

Model = TypeVar("Model", bound=BaseModel)
Location = tuple[str | int, ...]

ROUNDS = 4
"""Taking a mistake out may leave its owner incomplete, and that one's owner in turn; forms nest no deeper."""


def fill(model: type[Model], document: Document, stand_ins: Mapping[str, str]) -> tuple[Model | None, list[Problem]]:
    """Reads a whole document as `model`. `stand_ins` are values for required keys that are missing: there is a problem then, and
    nothing is built, but the rest of the file is still checked."""
    if document.value is None and document.problems:
        return None, list(document.problems)
    value = document.value
    if value is None:
        value = Form(Span(document.path))
    filled, problems = fill_part(model, value, document, (), stand_ins)
    return filled, [*document.problems, *problems]


def fill_part(
    model: type[Model], value: Any, document: Document, at: Location, stand_ins: Mapping[str, str]
) -> tuple[Model | None, list[Problem]]:
    """Reads the part of a document at the path `at`."""
    if not isinstance(value, Form):
        fact = "this file needs keys and values" if not at else f"“{at[-1]}” needs keys and values"
        return None, [Problem(document.place(at), "wrong-type", fact, "such as “title: …”")]
    problems: list[Problem] = []
    for _ in range(ROUNDS):
        try:
            return model.model_validate(value), problems
        except ValidationError as error:
            details = error.errors(include_url=False)
        # What is found after a part was taken out is its doing, not the author's.
        problems = problems or [_problem(detail, model, document, at) for detail in details]
        for detail in details:
            _mend(value, detail, stand_ins)
    return None, problems


def _problem(detail: ErrorDetails, model: type[BaseModel], document: Document, at: Location) -> Problem:
    location = detail["loc"]
    key = str(location[-1]) if location else ""
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            owner = _model_at(model, location[:-1])
            field = next((f for n, f in owner.model_fields.items() if (f.alias or n) == key), None) if owner else None
            hint = f"add “{key}: …”" + (f": {field.description}" if field and field.description else "")
            return Problem(document.place(at + location[:-1]), "missing-key", f"“{key}” is missing", hint)
        case "extra_forbidden":
            owner = _model_at(model, location[:-1])
            known = [field.alias or name for name, field in owner.model_fields.items()] if owner else []
            near = nearest(key, known)
            fact = f"“{key}” is not a key here" + (f"; the nearest is “{near}”" if near else "")
            hint = "" if near else f"the keys here are {', '.join(known)}"
            return Problem(document.place(at + location, of_key=True), "unknown-key", fact, hint)
        case "model_type" | "dict_type" | "model_attributes_type":
            fact = f"“{key}” needs keys and values" if isinstance(location[-1], str) else "this needs keys and values"
            return Problem(document.place(at + location), "wrong-type", fact, "write them below it, indented")
        case "bad-slug" | "bad-date" | "unsafe-link" | "wrong-type" as code:
            hint = str(context.get("hint", ""))
            named = f"“{key}”: " if code == "wrong-type" and isinstance(location[-1], str) else ""
            return Problem(document.place(at + location), code, named + detail["msg"], hint)
        case _:
            return Problem(document.place(at + location), "wrong-type", detail["msg"])


def _model_at(model: type[BaseModel] | None, location: Location) -> type[BaseModel] | None:
    """The model of the mapping that a path of keys and indexes leads to."""
    for step in location:
        if model is None or isinstance(step, int):
            continue
        field = next((f for name, f in model.model_fields.items() if step in (name, f.alias)), None)
        model = _model_within(field.annotation) if field else None
    return model


def _model_within(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_within(part))), None)


def _mend(value: Any, detail: ErrorDetails, stand_ins: Mapping[str, str]) -> None:
    """Takes the smallest part with a mistake out of the value, or puts a stand-in for what is missing."""
    location = detail["loc"]
    parents: list[Any] = [value]
    for step in location[:-1]:
        inside = _part(parents[-1], step)
        if not isinstance(inside, Form | Items):
            break
        parents.append(inside)
    depth = len(parents) - 1
    last = location[depth] if depth < len(location) else None
    if detail["type"] == "missing" and depth == 0:
        value[last] = Text(stand_ins.get(str(last), "unknown"), value.span)
    elif detail["type"] == "missing" or not isinstance(parents[-1], Form):
        _empty_item(parents, location)
    else:
        parents[-1].pop(str(last), None)
        if depth == 0 and last in stand_ins:
            value[last] = Text(stand_ins[str(last)], value.span)
        elif (
            depth and detail["type"] != "extra_forbidden" and last in ("quote", "text", "date", "value", "title", "url")
        ):
            _empty_item(parents, location)


def _part(held: Any, step: str | int) -> Any:
    if isinstance(held, Form):
        return held.get(str(step))
    return held[step] if isinstance(held, Items) and isinstance(step, int) and step < len(held) else None


def _empty_item(parents: list[Any], location: Location) -> None:
    """Drops the list item or the key that holds the mistake. Lists keep their length until all mistakes are taken out."""
    for depth in range(len(parents) - 1, -1, -1):
        holder, step = parents[depth], location[depth]
        if isinstance(holder, Items):
            holder[int(step)] = DROPPED
            return
        if depth == 0 and isinstance(holder, Form):
            holder.pop(str(step), None)
