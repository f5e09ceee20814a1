"""A YAML document against its model: all mistakes at once, and a value to go on with.

One mistake must neither hide another nor be the cause of a second report.
"""

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar, get_args, get_origin

from builder.problems import Problem, Span, nearest
from builder.reading.declaring import (
    MISSING,
    NO_MAPPING,
    UNKNOWN,
    Key,
    Location,
    Mistake,
    Mistakes,
    Shape,
    keys_of,
    read_shape,
)
from builder.reading.fields import StandIn
from builder.reading.yamls import DROPPED, Document, Form, Items, Text

Model = TypeVar("Model", bound=Shape)
Holder = Form | Items

MISSPELLED = 0.7
"""An unknown key this much like a known one is taken for it: “qoute” is not also a missing “quote”."""

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
            return read_shape(model, value), problems
        except Mistakes as mistakes:
            found = mistakes.found
        wrong = [mistake for mistake in found if not _misspelled(mistake, found, model)]
        if not problems:
            # What is found after a part was taken out is its doing, not the author's.
            problems = [_problem(mistake, model, document, at) for mistake in wrong]
        for chain, mistake in [(_chain(value, mistake.location), mistake) for mistake in wrong]:
            _mend(chain, mistake, model, stand_ins)
    return None, problems


def _misspelled(mistake: Mistake, mistakes: list[Mistake], model: type[Shape]) -> bool:
    """Whether a key is missing only because it is misspelled, which is reported."""
    *owner, key = mistake.location or ("",)
    return mistake.code == MISSING and any(
        other.code == UNKNOWN and [*other.location][:-1] == owner and _meant(other.location, model) == key
        for other in mistakes
    )


def _meant(location: Location, model: type[Shape]) -> str:
    """The key that the last one of this path is a misspelling of, or the empty string."""
    return nearest(str(location[-1]), _keys(_model_at(model, location[:-1])), alike=MISSPELLED)


def _problem(mistake: Mistake, model: type[Shape], document: Document, at: Location) -> Problem:
    location = mistake.location
    key = str(location[-1]) if location else ""
    declared = _declared(_model_at(model, location[:-1]), key)
    match mistake.code:
        case code if code == MISSING:
            hint = f"add “{key}: …”" + (f": {declared.about}" if declared else "")
            return Problem(document.place(at + location[:-1]), "missing-key", f"“{key}” is missing", hint)
        case _ if mistake.given is None and declared and declared.required:
            return Problem(document.place(at + location), "missing-key", f"“{key}” is still blank", declared.about)
        case code if code == UNKNOWN:
            known = _keys(_model_at(model, location[:-1]))
            near = nearest(key, known)
            fact = f"“{key}” is not a key here" + (f"; the nearest is “{near}”" if near else "")
            hint = "" if near else f"the keys here are {', '.join(known)}"
            return Problem(document.place(at + location, of_key=True), "unknown-key", fact, hint)
        case code if code == NO_MAPPING:
            fact = f"“{key}” needs keys and values" if isinstance(location[-1], str) else "this needs keys and values"
            return Problem(document.place(at + location), "wrong-type", fact, "write them below it, indented")
        case code:
            named = f"“{key}”: " if code == "wrong-type" and isinstance(location[-1], str) else ""
            return Problem(document.place(at + location), code, named + mistake.fact, mistake.hint)


def _model_at(model: type[Shape] | None, location: Location) -> type[Shape] | None:
    """The model of the mapping that a path of keys and indexes leads to."""
    for step in location:
        if model is None or isinstance(step, int):
            continue
        key = _declared(model, step)
        model = _model_within(key.declared) if key else None
    return model


def _model_within(declared: Any) -> type[Shape] | None:
    if isinstance(declared, type) and issubclass(declared, Shape):
        return declared
    return next((found for part in get_args(declared) if (found := _model_within(part))), None)


def _keys(model: type[Shape] | None) -> list[str]:
    return [key.name for key in keys_of(model)] if model else []


def _declared(model: type[Shape] | None, name: str | int | None) -> Key | None:
    return next((key for key in keys_of(model) if key.name == name), None) if model else None


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


def _mend(chain: Chain, mistake: Mistake, model: type[Shape], stand_ins: Mapping[str, str]) -> None:
    """Puts a stand-in for what is wrong or missing; where there is none, takes out the smallest part that can be."""
    holder, key = chain[-1]
    location = mistake.location[: len(chain)]
    if isinstance(holder, Form):
        key = str(key)
        meant = _meant(location, model) if mistake.code == UNKNOWN else ""
        if meant and meant not in holder:
            _put(holder, meant, holder.pop(key))
            return
        stand_in = _stand_in(_declared(_model_at(model, location[:-1]), key))
        if len(chain) == 1:
            stand_in = stand_ins.get(key, stand_in)
        if stand_in:
            _put(holder, key, Text(stand_in, holder.span))
            return
    if mistake.code == NO_MAPPING and len(chain) == len(mistake.location):
        _put(holder, key, Form(holder.span))
        return
    if mistake.code == MISSING:
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


def _stand_in(key: Key | None) -> str:
    """The stand-in of a key's type, also where it may be null."""
    if key is None:
        return ""
    inside, *marks = get_args(key.declared) if get_origin(key.declared) is Annotated else (key.declared,)
    marks += [mark for branch in get_args(inside) for mark in get_args(branch)]
    return next((mark.value for mark in marks if isinstance(mark, StandIn)), "")
