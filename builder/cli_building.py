"""The commands that make something of a site: its folder, what can be sent, what is on the web."""

import sys
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from builder.cli_shared import (
    MACHINE,
    announce,
    drafts_option,
    fails,
    give_up,
    print_problems,
    progress,
    root_of,
    search_option,
    shown,
    site_option,
    strict_option,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from builder.build import Built
    from builder.model import Briefing
    from builder.outlets.last import Last, Task
    from builder.outlets.present import Written
    from builder.problems import Problem


@click.command()
@site_option
@strict_option
@drafts_option
@click.option(
    "--output",
    type=click.Path(file_okay=True, path_type=Path),
    help="The folder to write. Default: output/site in the site's folder.",
)
@search_option
def build(site: Path | None, strict: bool, drafts: bool, output: Path | None, no_search: bool) -> None:
    """Build the site, if nothing is wrong with it."""
    from builder.outlets import report

    begun = perf_counter()
    root = root_of(site)
    target = output or root / "output" / "site"
    with _alone(root, target):
        last, done = _write(root, target, strict=strict, drafts=drafts, search=not no_search)
    warnings = f", {report.tally(last.problems)}" if last.problems else ""
    click.echo(
        f"{shown(target)}: {last.pages} pages from {last.counts}{warnings}; "
        f"{done.written} files written, {done.unchanged} unchanged, {done.removed} removed, "
        f"in {perf_counter() - begun:.2f} s{last.left_out}"
    )


@click.command(short_help="Make a zip and a single file to send.")
@site_option
@strict_option
@drafts_option
@search_option
@click.option(
    "--output",
    type=click.Path(file_okay=True, path_type=Path),
    help="The folder to write to. Default: output/bundle in the site's folder.",
)
@click.option("--full-text", is_flag=True, help="A private copy: every text in full, also where the site may not.")
def bundle(
    site: Path | None, strict: bool, drafts: bool, no_search: bool, output: Path | None, full_text: bool
) -> None:
    """Make what can be sent: the site as a zip, and as one file that opens by itself."""
    from builder.outlets import bundle as outlet
    from builder.outlets import report

    begun = perf_counter()
    root = root_of(site)
    target = output or root / "output" / "bundle"
    with _alone(root):
        outlet.check_folder(target, root)
        built, problems = _made(root, target, strict=strict, drafts=drafts, search=not no_search, full_text=full_text)
        index = {} if no_search else _index(root, built.files, built)
        done = outlet.bundle(built, index, target, root)
    warnings = f", {report.tally(problems)}" if problems else ""
    click.echo(outlet.in_words(done, built, shown, full_text=full_text))
    click.echo(f"{outlet.counted(built)}{warnings}, in {perf_counter() - begun:.2f} s")


@click.command(short_help="Build, and push to GitHub Pages.")
@site_option
@strict_option
@search_option
@click.option("--dry-run", is_flag=True, help="Say what would be published, and change nothing.")
def publish(site: Path | None, strict: bool, no_search: bool, dry_run: bool) -> None:
    """Build the site and push it to the branch that GitHub Pages shows, if nothing is wrong with it."""
    from tempfile import TemporaryDirectory

    from builder.outlets import publish as outlet
    from builder.outlets.folder import Refused
    from builder.outlets.last import look
    from builder.outlets.repository import GitFailed

    root = root_of(site)
    try:
        repository = outlet.check_repository(root)
        folder = TemporaryDirectory() if dry_run else nullcontext(root / "output")
        with folder as output, _alone(root, target := Path(output) / "site"):
            built, _, _ = _write_anew(look(root, target, drafts=False, search=not no_search), strict=strict)
            settings = built.briefing.settings
            with outlet.planned(target, repository, settings.publish) as plan:
                click.echo(outlet.in_words(plan, dry_run=dry_run))
                if not dry_run and not plan.changes_nothing:
                    outlet.publish(target, plan, f"{settings.title}, as of {built.briefing.as_of.edtf}")
                    click.echo(f"published: {plan.address or plan.remote}")
                for remark in outlet.remarks(plan, settings.url):
                    click.echo(remark)
    except Refused as refusal:
        raise click.UsageError(str(refusal)) from None
    except GitFailed as failure:
        click.echo(f"sourcebook: {failure}", err=True)
        sys.exit(MACHINE)


@contextmanager
def _alone(root: Path, target: Path | None = None) -> "Iterator[None]":
    """While no other build of the site runs. A folder that is refused, such as the one to write, ends the command."""
    from builder.outlets import folder

    try:
        if target:
            folder.check_output(target, root)
        with folder.only_build(
            root, lambda: click.echo("another build of this site is running; waiting for it", err=True)
        ):
            yield
    except folder.Refused as refusal:
        raise click.UsageError(str(refusal)) from None


def _write(root: Path, target: Path, *, strict: bool, drafts: bool, search: bool) -> "tuple[Last, Written]":
    """The site in its folder. To see that nothing has changed since the last build takes no library."""
    from builder.outlets.last import look, recall_last
    from builder.outlets.present import Written

    task = look(root, target, drafts=drafts, search=search)
    last = recall_last(task)
    if last and not fails(last.problems, strict):
        print_problems(last.problems)
        task.memory.keep()
        return last, Written(0, len(last.files), 0)
    return _write_anew(task, strict=strict)[1:]


def _write_anew(task: "Task", *, strict: bool) -> "tuple[Built, Last, Written]":
    from builder.outlets.building import Hands, Mistakes, build_and_write

    hands = Hands(lambda found: fails(found, strict), print_problems, progress, partial(_index, task.root), _draw_card)
    try:
        return build_and_write(task, hands)
    except Mistakes as mistakes:
        give_up(mistakes.problems, task.target)


def _made(root: Path, target: Path, *, strict: bool, **options: bool) -> "tuple[Built, tuple[Problem, ...]]":
    """A site with every page made, in memory; with errors, the end."""
    from builder.outlets.building import build_from
    from builder.outlets.folder import read_site
    from builder.outlets.memory import memory_of
    from builder.problems import in_order

    memory = memory_of(root)
    inputs, found = read_site(root, memory.inputs)
    built = build_from(inputs, found, memory, draw_card=_draw_card, **options).made()
    problems = in_order([*found, *built.problems])
    if fails(problems, strict):
        give_up(problems, target)
    print_problems(problems)
    return built, problems


def _draw_card(briefing: "Briefing") -> bytes | None:
    """Imported where a site has use for a card: Pillow takes longer to start than most builds."""
    from builder.outlets import cards

    return cards.draw(briefing)


def _index(root: Path, pages: "Mapping[str, bytes]", built: "Built") -> "Mapping[str, bytes]":
    """The files of the search, or the end of the command: a site whose search does not work is not written."""
    from builder.outlets import search

    kept = root / ".sourcebook" / ("search-private" if built.private else "search")
    languages = built.briefing.settings.search_languages
    try:
        indexed = search.index(pages, kept, languages=languages, announce=announce)
    except search.SearchFailed as failure:
        click.echo(f"sourcebook: {failure}\nnothing is written; --no-search builds the site without it", err=True)
        sys.exit(MACHINE)
    if indexed.warning:
        click.echo(f"sourcebook: {indexed.warning}", err=True)
    return indexed.files
