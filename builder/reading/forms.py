"""A YAML document against its model: all mistakes at once, and a value to go on with.

One mistake must neither hide another nor be the cause of a second report.
"""

from collections.abc import Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from builder.problems import Problem, Span, nearest
from builder.reading.fields import StandIn
from builder.reading.yamls import DROPPED, Document, Form, Items, Text

Model = TypeVar("Model", bound=BaseModel)
Location = tuple[str | int, ...]
Holder = Form | Items

MISSPELLED = 0.7
"""An unknown key this much like a known one is taken for it: “qoute” is not also a missing “quote”."""

NEEDS_KEYS = ("model_type", "dict_type", "model_attributes_type")
"""What pydantic calls a value that is no mapping."""

ROUNDS = 16
"""Taking a mistake out may leave its owner incomplete, and that one's owner in turn; two rounds a level are enough."""


def fill(model: type[Model], document: Document, stand_ins: Mapping[str, str]) -> tuple[Model | None, list[Problem]]:
    """Reads a whole document as `model`.

    `stand_ins` are values for required keys of the document itself, beside those that its model has. Where one is used
    there is a problem, and nothing is built, but the rest is still checked.
    """
    if document.value is None and document.problems:
        return None, list(document.problems)
    value = Form(Span(document.path)) if document.value is None else document.value
    filled, problems = fill_part(model, value, document, (), stand_ins)
    return filled, [*document.problems, *problems]


def fill_part(
    model: type[Model], value: Any, document: Document, at: Location, stand_ins: Mapping[str, str]
) -> tuple[Model | None, list[Problem]]:
    """Reads the part of a document at the path `at`."""
    if not isinstance(value, Form):
        fact = f"“{at[-1]}” needs keys and values" if at else "this file needs keys and values"
        return None, [Problem(document.place(at), "wrong-type", fact, "such as “title: …”")]
    problems: list[Problem] = []
    for _ in range(ROUNDS):
        try:
            return model.model_validate(value), problems
        except ValidationError as error:
            found = error.errors(include_url=False)
        details = [detail for detail in found if not _misspelled(detail, found, model)]
        if not problems:
            # What is found after a part was taken out is its doing, not the author's.
            problems = [_problem(detail, model, document, at) for detail in details]
        for chain, detail in [(_chain(value, detail["loc"]), detail) for detail in details]:
            _mend(chain, detail, model, stand_ins)
    return None, problems


def _misspelled(detail: ErrorDetails, details: list[ErrorDetails], model: type[BaseModel]) -> bool:
    """Whether a key is missing only because it is misspelled, which is reported."""
    *owner, key = detail["loc"] or ("",)
    return detail["type"] == "missing" and any(
        other["type"] == "extra_forbidden" and [*other["loc"]][:-1] == owner and _meant(other["loc"], model) == key
        for other in details
    )


def _meant(location: Location, model: type[BaseModel]) -> str:
    """The key that the last one of this path is a misspelling of, or the empty string."""
    return nearest(str(location[-1]), _keys(_model_at(model, location[:-1])), alike=MISSPELLED)


def _problem(detail: ErrorDetails, model: type[BaseModel], document: Document, at: Location) -> Problem:
    location = detail["loc"]
    key = str(location[-1]) if location else ""
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            field = _field(_model_at(model, location[:-1]), key)
            hint = f"add “{key}: …”" + (f": {field.description}" if field and field.description else "")
            return Problem(document.place(at + location[:-1]), "missing-key", f"“{key}” is missing", hint)
        case _ if _is_blank(detail, field := _field(_model_at(model, location[:-1]), key)):
            hint = str(field.description or "") if field else ""
            return Problem(document.place(at + location), "missing-key", f"“{key}” is still blank", hint)
        case "extra_forbidden":
            known = _keys(_model_at(model, location[:-1]))
            near = nearest(key, known)
            fact = f"“{key}” is not a key here" + (f"; the nearest is “{near}”" if near else "")
            hint = "" if near else f"the keys here are {', '.join(known)}"
            return Problem(document.place(at + location, of_key=True), "unknown-key", fact, hint)
        case kind if kind in NEEDS_KEYS:
            fact = f"“{key}” needs keys and values" if isinstance(location[-1], str) else "this needs keys and values"
            return Problem(document.place(at + location), "wrong-type", fact, "write them below it, indented")
        case "bad-slug" | "bad-date" | "unsafe-link" | "wrong-type" as code:
            hint = str(context.get("hint", ""))
            named = f"“{key}”: " if code == "wrong-type" and isinstance(location[-1], str) else ""
            return Problem(document.place(at + location), code, named + detail["msg"], hint)
        case _:
            return Problem(document.place(at + location), "wrong-type", detail["msg"])


def _is_blank(detail: ErrorDetails, field: FieldInfo | None) -> bool:
    """Whether nothing stands behind a required key."""
    return detail["input"] is None and field is not None and field.is_required()


def _model_at(model: type[BaseModel] | None, location: Location) -> type[BaseModel] | None:
    """The model of the mapping that a path of keys and indexes leads to."""
    for step in location:
        if model is None or isinstance(step, int):
            continue
        field = _field(model, step)
        model = _model_within(field.annotation) if field else None
    return model


def _model_within(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_within(part))), None)


def _keys(model: type[BaseModel] | None) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def _field(model: type[BaseModel] | None, key: str | int | None) -> FieldInfo | None:
    fields = model.model_fields.items() if model else ()
    return next((field for name, field in fields if (field.alias or name) == key), None)


# --- going on with the rest ----------------------------------------------------------------------------------------


Chain = list[tuple[Holder, str | int]]


def _chain(value: Form, location: Location) -> Chain:
    """The holders on the way to a mistake, each with what leads on: a key, or the index in the list as it is now.

    An index of the path counts only what was not dropped before.
    """
    chain: Chain = []
    held: Any = value
    for step in location:
        if isinstance(held, Items) and isinstance(step, int):
            index = [index for index, item in enumerate(held) if item is not DROPPED][step]
            chain.append((held, index))
            held = held[index]
        elif isinstance(held, Form):
            chain.append((held, step))
            held = held.get(str(step))
        else:
            break
    return chain


def _mend(chain: Chain, detail: ErrorDetails, model: type[BaseModel], stand_ins: Mapping[str, str]) -> None:
    """Puts a stand-in for what is wrong or missing; where there is none, takes out the smallest part that can be."""
    holder, key = chain[-1]
    location = detail["loc"][: len(chain)]
    if isinstance(holder, Form):
        key = str(key)
        meant = _meant(location, model) if detail["type"] == "extra_forbidden" else ""
        if meant and meant not in holder:
            _put(holder, meant, holder.pop(key))
            return
        stand_in = _stand_in(_field(_model_at(model, location[:-1]), key))
        if len(chain) == 1:
            stand_in = stand_ins.get(key, stand_in)
        if stand_in:
            _put(holder, key, Text(stand_in, holder.span))
            return
    if detail["type"] in NEEDS_KEYS and len(chain) == len(detail["loc"]):
        _put(holder, key, Form(holder.span))
        return
    if detail["type"] == "missing":
        chain = chain[:-1]
    if not chain:
        return
    _drop(*chain[-1])


def _put(holder: Holder, key: str | int, value: Any) -> None:
    if isinstance(holder, Items):
        holder[int(key)] = value
    else:
        holder[Text(str(key), holder.span)] = value


def _drop(holder: Holder, key: str | int) -> None:
    if isinstance(holder, Items):
        holder[int(key)] = DROPPED
    else:
        holder.pop(str(key), None)


def _stand_in(field: FieldInfo | None) -> str:
    """The stand-in of a field's type, also where it may be null."""
    if field is None:
        return ""
    data = [*field.metadata, *(item for branch in get_args(field.annotation) for item in get_args(branch))]
    return next((item.value for item in data if isinstance(item, StandIn)), "")
