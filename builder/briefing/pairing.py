"""Which files an import makes: for each text its copy and its summary, under an id that is free."""

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from posixpath import basename, splitext

from builder.briefing.bringing import LOUD, Brought, Refused, same_text
from builder.briefing.drafting import Draft, as_yaml, blanks
from builder.briefing.matching import Present, names_in, other_prints, present
from builder.briefing.names import Register, read_register
from builder.briefing.slugs import free
from builder.briefing.suggesting_stories import read_stories
from builder.reading.files import ARTICLES, split_front_matter
from builder.reading.parse import Drafts
from builder.values import dataclass

SHARES = "It shares"


@dataclass(frozen=True, slots=True)
class Pair:
    """What is to be written: paths from the site's root. `seed` and `summary` None: it is there, or is not needed.

    `sealed`: whether the text belongs to the seal; one with a summary in its front matter changes with it.
    """

    path: str
    seed: bytes | None
    summary: str | None
    sealed: bool
    said: str

    @property
    def summary_path(self) -> str:
        return splitext(self.path)[0] + ".yaml"


@dataclass(slots=True)
class Plan:
    """`pairs` are new, in the order of their files; `present` are copies that are there, with the text's own bytes;
    `said`: what happens to the files that are not brought in."""

    pairs: list[Pair] = field(default_factory=list)
    present: dict[str, Brought] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)


def plan(
    brought: Sequence[Brought], inputs: Mapping[str, bytes], drafts: Drafts, unreadable: Sequence[str], slug: str
) -> Plan:
    """`slug`: the id of the only text, which is then brought in also where its text is there. Raises Refused."""
    there, made = present(inputs, unreadable), Plan()
    paths: dict[str, Brought] = {}
    slugs = set(there.slugs)
    by_bytes, by_text = {**there.gone, **there.by_bytes}, dict(there.by_text)
    for text in brought:
        content = same_text(text.body.decode("utf-8-sig"))
        at, alike = by_bytes.get(text.sha256, ""), by_text.get(content, "")
        if slug:
            path = _path_of(slug, text, there, inputs)
        elif at and at not in paths and _lacks_something(at, text, inputs):
            path = at
        elif at or alike:
            made.said.append(_is_there(text, at, alike))
            if at in inputs and not text.complete:
                made.present[at] = text
            continue
        else:
            path = f"{ARTICLES}{free(text.stem, slugs)}{text.suffix}"
        slugs.add(slug_at(path))
        paths[path] = text
        by_bytes[text.sha256], by_text[content] = path, path
    near = other_prints(read_stories(inputs, drafts), _by_slug(paths), float(drafts.site.wire_copy.threshold))
    register, _ = read_register(drafts.entities)
    for path, text in paths.items():
        made.pairs.append(_pair(path, _with_prints(text, near.get(slug_at(path), ())), inputs, register))
    return made


def slug_at(path: str) -> str:
    return splitext(basename(path))[0]


def _by_slug(paths: Mapping[str, Brought]) -> dict[str, Brought]:
    return {slug_at(path): text for path, text in paths.items()}


def _path_of(slug: str, text: Brought, there: Present, inputs: Mapping[str, bytes]) -> str:
    """Where a text goes whose id its author chose; a summary that waits for it stays as it is."""
    waiting = [path for path in inputs if path.startswith(ARTICLES) and path.endswith(f"/{slug}.yaml")]
    texts = [path for path in inputs if path.startswith(ARTICLES) and slug_at(path) == slug and path not in waiting]
    if texts or (slug in there.slugs and not waiting):
        raise Refused(
            f"“{slug}” is taken{f' by {texts[0]}' if texts else ''}, and nothing is overwritten; choose another --slug"
        )
    return splitext(waiting[0])[0] + text.suffix if waiting else f"{ARTICLES}{slug}{text.suffix}"


def _lacks_something(path: str, text: Brought, inputs: Mapping[str, bytes]) -> bool:
    """Whether a text, or its summary, is not there, as an import leaves it that was stopped between the two."""
    if path not in inputs:
        return True
    has_its_own = path.endswith(".md") and split_front_matter(inputs[path].decode("utf-8-sig"))[0] is not None
    return not (text.complete or has_its_own or splitext(path)[0] + ".yaml" in inputs)


def _is_there(text: Brought, at: str, alike: str) -> str:
    if at:
        return f"{text.name}: is there already, byte for byte, as {at}"
    said = "is there already, but for line ends, spaces or typography"
    return f"{text.name}: {said}, as {alike}; --slug NAME brings it in all the same"


def _with_prints(text: Brought, near: Sequence[tuple[str, float]]) -> Brought:
    if not near or text.complete:
        return text
    remark = (
        f"{SHARES} {near[0][1]:.0%} of the stretches of five words with {near[0][0]}: probably one story in two "
        "prints. If so, name the agency in both, with a basis where you infer it."
    )
    return replace(text, remarks=(*text.remarks, remark))


def _pair(path: str, text: Brought, inputs: Mapping[str, bytes], register: Register) -> Pair:
    needs_summary = not text.complete and splitext(path)[0] + ".yaml" not in inputs
    names = names_in(text, register, path)
    draft = Draft(text.name, text.facts, text.blocks, text.told, names, text.remarks, text.quoted)
    return Pair(
        path,
        None if path in inputs else text.body,
        as_yaml(draft) if needs_summary else None,
        not text.complete,
        f"{path}: from {text.name}; {_told(text, names.undecided, needs_summary=needs_summary)}",
    )


def _told(text: Brought, undecided: Sequence[object], *, needs_summary: bool) -> str:
    """“title, published; 1 heading, 4 teasers; to fill in: publisher”."""
    if not needs_summary:
        return "its summary is its front matter" if text.complete else "its summary is there, and stays as it is"
    facts = text.facts
    stated = [key for key in ("title", "publisher", "published", "url", "language") if getattr(facts, key)]
    stated += [key for key, found in (("agency", facts.agencies), ("authors", facts.authors)) if found]
    roles = [told.role for told in text.told if told.role != "body"]
    counts = [_counted(role, roles.count(role)) for role in dict.fromkeys(roles)]
    wanted = [*blanks(facts), *(["mentions"] if undecided else [])]
    parts = [", ".join(stated) or "states nothing of itself", ", ".join(counts)]
    parts += [f"to fill in: {', '.join(wanted)}"] if wanted else []
    remarks = [remark for remark in text.remarks if remark.startswith((SHARES, *LOUD))]
    return "; ".join(filter(None, parts)) + "".join(f"\n    {remark.partition('. ')[0]}" for remark in remarks)


def _counted(role: str, count: int) -> str:
    if role == "navigation":
        return f"{count} line{'' if count == 1 else 's'} of navigation"
    return f"{count} {role}{'' if count == 1 else 's'}"
