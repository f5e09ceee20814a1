"""A small site that is edited at random, and what a clean build would make of it."""

import os
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from random import Random

from click import unstyle
from tiny import FILES

from builder.build import build
from builder.outlets import cards
from builder.outlets.folder import read_site
from builder.outlets.report import as_text
from builder.outlets.writing import marker

NAMES = ("Ida Kern", "Kern", "Otto Land", "Land", "The ferry")
LINES = (
    "The bridge is shut, said Ida Kern.",
    "Kern runs the ferry & the <inn> beside it.",
    "Otto Land was there; so was the ferry.",
    "Nobody saw it.",
    "A toll of 5 euros was paid on 3 March.",
    "The council meets again, Land says.",
)
PUBLISHERS = ("The Daily", "The Weekly", "Northern Wire")
SLUGS = ("ash", "birch", "cedar", "daily-2", "elm")
OWN_TEMPLATES = {
    "article.html": '{% extends "builtin/article.html" %}{% block footer %}<p>SIGN</p>{% endblock %}',
    "base.html": '{% extends "builtin/base.html" %}{% block footer %}<p>SIGN</p>{% endblock %}',
    "event.html": "<p>{{ page.event.title }} SIGN</p>",
    "assets/style.css": "body { color: SIGN }",
    "assets/own.css": "p { color: SIGN }",
}
NOBODY_ELSE = "nora-nil: {name: Nora Nil, kind: person}\n"
RESTS_ON_ANOTHER = "As told by"
LONG_AGO = 1_600_000_000

Edit = Callable[[Path, Random], None]


def start(root: Path) -> None:
    for path, body in FILES.items():
        write(root / path, body)
    write(root / "content/entities.yaml", FILES["content/entities.yaml"] + NOBODY_ELSE)


def write(path: Path, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(body, encoding="utf-8")


def clean(root: Path) -> tuple[dict[str, bytes], bool, set[str]]:
    """What the output has to hold, whether it may be written, and what is to be said of the content: from the files
    alone, remembering nothing."""
    built = build(read_site(root)[0], search=False, draw_card=cards.draw)
    said = complaints(unstyle(as_text(built.problems)))
    if not built.with_all_mistakes().sound:
        return {}, False, said
    files = {"sourcebook.json": marker(), **built.files}
    sums = "".join(f"{sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files))
    return {**files, "SHA256SUMS": sums.encode()}, True, said


def complaints(text: str) -> set[str]:
    """What a text says of the content, a line each; of templates a build that stops early says less."""
    return {line for line in text.splitlines() if re.search(r": (error|warning)\[(?!template-error)", line)}


def held(output: Path) -> dict[str, bytes]:
    """What a folder holds; links and folders that are in the way count as well."""
    if not output.exists():
        return {}
    found = (path for path in output.rglob("*") if path.is_symlink() or not path.is_dir())
    return {
        path.relative_to(output).as_posix(): b"a link" if path.is_symlink() else path.read_bytes() for path in found
    }


def let_time_pass(*folders: Path) -> None:
    """What was written just now is old, so that its time alone tells whether it changes."""
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink() and path.stat().st_mtime > LONG_AGO:
                os.utime(path, (LONG_AGO, LONG_AGO))


# --- what an author does -------------------------------------------------------------------------------------------


def write_article(root: Path, luck: Random) -> None:
    """Writes one anew or over another: text and summary, with a quotation, a remark, an event or a name in it."""
    slug, lines = luck.choice(SLUGS), luck.sample(LINES, luck.randint(2, 5))
    summary = [f"title: {luck.choice(NAMES)} and the toll", f"publisher: {luck.choice(PUBLISHERS)}"]
    summary += [f"published: 2025-0{luck.randint(1, 4)}-0{luck.randint(1, 9)}", "url: unknown"]
    quote = lines[0].split(",")[0].split(";")[0].removesuffix(".")
    if luck.random() < 0.5:
        summary += ["quotes:", f"  - {{quote: {quote}, speaker: ida-kern}}"]
    if luck.random() < 0.5:
        key = luck.choice(("bridge-shut", "toll"))
        summary += [
            "events:",
            f"  - {{event: {key}, title: Toll, date: 2025-03-0{luck.randint(1, 9)}, quote: {quote}}}",
        ]
    if luck.random() < 0.5:
        summary += [f"summary: So it was. [@daily] It is known [@{slug}]."]
    if luck.random() < 0.2:
        summary += [f"text: {luck.choice(('full', 'passages', 'none'))}"]
    forget_article(root, slug)
    write(root / f"content/articles/{slug}.{luck.choice(('txt', 'md'))}", "\n\n".join(lines) + "\n")
    write(root / f"content/articles/{slug}.yaml", "\n".join(summary) + "\n")


def quote_another(root: Path, luck: Random) -> None:
    """An article that rests on another's words, in a citation and in a key point, until those are others."""
    slug = luck.choice(SLUGS)
    others = [path for path in sorted((root / "content/articles").glob("*.txt")) if path.stem != slug]
    other = luck.choice(others)
    lines = other.read_text().split("\n") if luck.random() < 0.7 else LINES
    quote = luck.choice(lines).split(",")[0].split(";")[0].strip(" .“”")
    summary = [
        f"title: {RESTS_ON_ANOTHER} {other.stem}",
        "publisher: The Daily",
        "published: 2025-04-02",
        "url: unknown",
    ]
    summary += [f"summary: 'It is known. [@{other.stem} \"{quote}\"]'"] if quote else []
    summary += ["key_points:", f"  - text: '{luck.choice(NAMES)} paid {luck.randint(4, 6)} euros. [@{other.stem}]'"]
    forget_article(root, slug)
    write(root / f"content/articles/{slug}.txt", "\n\n".join(luck.sample(LINES, 3)) + "\n")
    write(root / f"content/articles/{slug}.yaml", "\n".join(summary) + "\n")


def forget_article(root: Path, slug: str) -> None:
    for suffix in ("txt", "md", "yaml"):
        (root / f"content/articles/{slug}.{suffix}").unlink(missing_ok=True)


def delete_article(root: Path, luck: Random) -> None:
    forget_article(root, luck.choice(SLUGS))


def rename_article(root: Path, luck: Random) -> None:
    old, new = luck.sample(SLUGS, 2)
    forget_article(root, new)
    for path in sorted((root / "content/articles").glob(f"{old}.*")):
        path.rename(path.with_stem(new))


def change_a_line(root: Path, luck: Random) -> None:
    """One word of one text for another of its length, with the file's time as it was: some editors do that."""
    path = luck.choice(sorted((root / "content/articles").glob("*.txt")))
    found, body = path.stat(), path.read_text()
    write(path, body.replace("runs", "owns") if "runs" in body else body.replace("owns", "runs"))
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


def edit_register(root: Path, luck: Random) -> None:
    name = luck.choice(("Ida Kern", "Ida  Kern", "Frau Kern"))
    entries = [f"ida-kern: {{name: {name}, kind: person, aliases: [Ida Kern, Kern], description: She rows.}}"]
    entries.append(NOBODY_ELSE)
    if luck.random() < 0.8:
        entries.append(f"otto-land: {{name: {luck.choice(NAMES[2:4])}, kind: person, aliases: [Otto Land]}}")
    if luck.random() < 0.8:
        entries.append("ferry: {name: The ferry, kind: concept, aliases: [the ferry]}")
    write(root / "content/entities.yaml", "\n".join(entries) + "\n")


def edit_timeline(root: Path, luck: Random) -> None:
    sign = luck.randint(1, 9)
    entries = ['bridge-shut: {title: The bridge is shut, date: "[2025-01-14,2025-01-20]", status: happened}']
    if luck.random() < 0.5:
        entries[0] = entries[0].replace("is shut", f"was shut {sign} times")
    entries.append(f"toll: {{title: A toll, date: 2025-03-0{sign}, source: {{title: Act, url: https://example.org/}}}}")
    write(root / "content/timeline.yaml", "\n".join(entries) + "\n")


def edit_briefing(root: Path, luck: Random) -> None:
    body = FILES["content/briefing.yaml"].replace("The old bridge", luck.choice(("The bridge", "A bridge")))
    body += f"unknowns:\n  - text: Who paid {luck.choice(NAMES)}.\n" if luck.random() < 0.5 else ""
    write(root / "content/briefing.yaml", body)


def edit_page(root: Path, luck: Random) -> None:
    path = root / f"content/pages/{luck.choice(('about', 'how'))}.md"
    if path.exists() and luck.random() < 0.5:
        path.unlink()
    else:
        write(
            path, f"---\ntitle: About {luck.randint(1, 3)}\nnav: true\n---\nBy [us](../files/a.bin), with Ida Kern.\n"
        )
        write(root / "content/files/a.bin", luck.choice(NAMES))


def edit_settings(root: Path, luck: Random) -> None:
    lines = [FILES["site.yaml"].replace("The bridge", luck.choice(("The bridge", "Bridges")))]
    lines += [
        line for line in ("language: de\n", "text: passages\n", "url: https://example.org/x/\n") if luck.random() < 0.3
    ]
    lines += ['style: {accent: "#1f5a7a"}\n'] if luck.random() < 0.3 else []
    write(root / "site.yaml", "".join(lines))


def edit_layouts(root: Path, luck: Random) -> None:
    name, body = luck.choice(sorted(OWN_TEMPLATES.items()))
    path = root / "layouts" / name
    if path.exists() and luck.random() < 0.5:
        path.unlink()
    else:
        write(path, body.replace("SIGN", luck.choice(("red", "blue"))))


def make_a_mistake(root: Path, luck: Random) -> None:
    """In the content, in a template of every page, or in one that only some pages come to."""
    place, body = luck.choice(
        (
            ("content/timeline.yaml", "toll: [\n"),
            ("layouts/article.html", "{{ page.nothing }}"),
            ("layouts/entity.html", "{% if page.times_named > 1 %}{{ page.nothing }}{% endif %}"),
        )
    )
    write(root / place, body)


def mend_mistakes(root: Path, luck: Random) -> None:
    for name in ("article.html", "entity.html"):
        (root / "layouts" / name).unlink(missing_ok=True)
    for path in sorted((root / "content/articles").glob("*.yaml")):
        if RESTS_ON_ANOTHER in path.read_text():
            forget_article(root, path.stem)
    edit_timeline(root, luck)


def change_a_topic(root: Path, luck: Random) -> None:
    """What an article's summary has and its text has not."""
    path = luck.choice(sorted((root / "content/articles").glob("*.yaml")))
    body = re.sub(r"^topics: .*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    write(path, body + f"topics: [topic {luck.randint(1, 9)}]\n")


def change_a_speaker(root: Path, luck: Random) -> None:
    """To one, perhaps, of whom there is nothing else: her page has read nothing that it could be told by."""
    path = root / "content/articles/daily.yaml"
    name = luck.choice(("ida-kern", "nora-nil"))
    write(path, re.sub(r"speaker: [a-z-]+", f"speaker: {name}", path.read_text(encoding="utf-8")))


def change_a_label(root: Path, luck: Random) -> None:
    """What a kind of entity is called: a word on one page."""
    path = root / "site.yaml"
    body = re.sub(r"^kinds: .*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    write(path, body + f"kinds: {{person: People {luck.randint(1, 9)}}}\n")


EDITS: tuple[Edit, ...] = (
    *(
        write_article,
        quote_another,
        write_article,
        delete_article,
        rename_article,
        change_a_line,
        edit_register,
        edit_timeline,
    ),
    *(
        change_a_topic,
        change_a_speaker,
        change_a_label,
        edit_briefing,
        edit_page,
        edit_settings,
        edit_layouts,
        make_a_mistake,
        mend_mistakes,
    ),
)


# --- what others do ------------------------------------------------------------------------------------------------


def vandalise(output: Path, luck: Random) -> None:
    """Somebody changes a file of the output, keeps its size and its time, deletes it or puts something in its place."""
    files = sorted(path for path in output.rglob("*") if path.is_file() and not path.is_symlink())
    if not files:
        return
    path = luck.choice([path for path in files if path.name != "sourcebook.json"])
    found, body = path.stat(), path.read_bytes()
    match luck.randrange(5):
        case 0:
            path.write_bytes(bytes(reversed(body)))
            os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
        case 1:
            path.unlink()
        case 2:
            path.unlink()
            path.symlink_to(files[0])
        case 3:
            path.unlink()
            (path / "deep").mkdir(parents=True)
            (path / "deep" / "x.html").write_bytes(b"x")
        case _:
            (path.parent / "extra.html").write_bytes(b"x")


def damage_the_memo(root: Path, luck: Random) -> None:
    """Bits flip, files are cut off, go, or take each other's place."""
    files = sorted(path for path in (root / ".sourcebook").rglob("*") if path.is_file() and path.name != "lock")
    bodies = {path: path.read_bytes() for path in files}
    for path in luck.sample(files, min(3, len(files))):
        body = bytearray(bodies[path])
        match luck.randrange(4):
            case 0:
                path.unlink()
            case 1:
                path.write_bytes(body[: len(body) // 2])
            case 2:
                body[-1:] = b"!"
                path.write_bytes(body)
            case _:
                path.write_bytes(bodies[luck.choice(files)])
