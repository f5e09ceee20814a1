"""The sample briefing and the real command, as tests use them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

FAR_AWAY = {"PYTHONPATH": "", "PYTHONSAFEPATH": "1"}
"""An environment in which nothing of the checkout is found."""


def run(command: Iterable[str | Path], *, folder: Path = ROOT, environment: dict[str, str] | None = None) -> str:
    """What a command prints; the test fails with all it said when its exit status is not 0."""
    words = [str(word) for word in command]
    done = subprocess.run(
        words,
        cwd=folder,
        env=os.environ | (environment or {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"exit status {done.returncode}: {' '.join(words)}\n{done.stdout}"
    return done.stdout


def build(site: Path, output: Path, environment: dict[str, str] | None = None) -> None:
    """Build a site with the command, in a process of its own."""
    run(
        [sys.executable, "-m", "builder", "build", "--site", site, "--output", output],
        folder=site,
        environment={"PYTHONPATH": str(ROOT)} | (environment or {}),
    )


def sources() -> tuple[Path, ...]:
    """The files that the sample is made of, relative to its root, in order; it uses the built-in layouts."""
    content = (file for file in (ROOT / "content").rglob("*") if file.is_file())
    return tuple(sorted(file.relative_to(ROOT) for file in [ROOT / "site.yaml", *content]))


def copy_sample(to: Path, files: Iterable[Path] | None = None) -> Path:
    """The sample in another folder, its files made there in the order given."""
    for file in sources() if files is None else files:
        (to / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / file, to / file)
    return to
