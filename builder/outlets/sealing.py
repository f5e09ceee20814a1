"""The seal of a site's sources, looked at and written."""

from pathlib import Path

from builder.outlets.folder import read_site, replace_file
from builder.problems import Problem
from builder.reading.files import SEAL
from builder.reading.seal import Resealing, reseal


def look_at_seal(root: Path) -> tuple[Resealing, list[Problem]]:
    """The seal that the site should have, how it differs from the one it has, and which files cannot be read."""
    inputs, problems = read_site(root)
    return reseal(inputs), problems


def write_seal(root: Path, resealing: Resealing) -> None:
    """Writes the seal, whole or not at all; one that is right already is not touched."""
    path, text = root / SEAL, resealing.text.encode()
    if (path.read_bytes() if path.is_file() else b"") != text:
        replace_file(path, text)


def what_it_forgets(resealing: Resealing) -> str:
    """What the old seal held and the new one does not, a line each."""
    lines = [f"{path} changed since it was sealed" for path in resealing.changed]
    lines += [f"{path} was sealed and is gone" for path in resealing.gone]
    lines += [f"{SEAL}:{number} cannot be read: what it sealed is not known" for number in resealing.unread]
    return "\n".join(lines)


def what_it_seals(resealing: Resealing) -> str:
    """“content/SHA256SUMS seals 5 files: 1 new, 1 changed, 3 as before”."""
    before = resealing.sealed - len(resealing.new) - len(resealing.changed)
    counts = (
        (len(resealing.new), "new"),
        (len(resealing.changed), "changed"),
        (len(resealing.gone), "gone"),
        (before, "as before"),
    )
    parts = ", ".join(f"{count:,} {word}" for count, word in counts if count)
    files = f"{resealing.sealed:,} file{'' if resealing.sealed == 1 else 's'}"
    return f"{SEAL} seals {files}: {parts}" if parts else "there is nothing to seal: no article in content/articles/"
