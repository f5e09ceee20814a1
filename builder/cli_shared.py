"""What the commands share: which site is meant, options, how problems and paths are printed, a bar for long work."""

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from builder.problems import Problem

CONTENT_PROBLEMS, WRONG_USE, MACHINE, STOPPED = 1, 2, 3, 130

site_option = click.option(
    "--site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The site's folder. Default: the nearest one upward that holds a site.yaml.",
)
strict_option = click.option("--strict", is_flag=True, help="Warnings count as errors.")
drafts_option = click.option("--drafts", is_flag=True, help="Articles and pages marked “draft: true” count as well.")
search_option = click.option("--no-search", is_flag=True, help="Leave search out: no search page, box or link.")


def root_of(site: Path | None) -> Path:
    """The site's folder, or the end of the command."""
    if site is not None:
        if not (site / "site.yaml").is_file():
            raise click.UsageError(f"there is no site.yaml in {site}")
        return site
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "site.yaml").is_file():
            return folder
    raise click.UsageError("there is no site.yaml here or in a folder above; go to a site, or name one with --site")


@contextmanager
def progress(what: str) -> "Iterator[Callable[[int, int], None]]":
    """A bar for long work on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    # Drawn by this thread: a fork takes along no other, but whatever lock that one holds.
    with Progress(console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task(what, total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, refresh=done == total or done % max(total // 100, 1) == 0)

        yield show


def shown(path: Path) -> str:
    """A path as the reader of a terminal would type it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def print_problems(problems: "Sequence[Problem]") -> None:
    from builder.outlets import report

    if problems:
        click.echo(report.as_text(problems))


def announce(said: str) -> None:
    """Says beforehand what long work will take."""
    click.echo(said, err=True)


def fails(problems: "Sequence[Problem]", strict: bool) -> bool:
    return any(strict or problem.severity == "error" for problem in problems)


def give_up(problems: "Sequence[Problem]", target: Path) -> NoReturn:
    """The end of a build with mistakes."""
    from builder.outlets import report

    print_problems(problems)
    kept = f"{shown(target)} is as it was" if target.exists() else "nothing is written"
    click.echo(f"{report.tally(problems)}; {kept}")
    sys.exit(CONTENT_PROBLEMS)
