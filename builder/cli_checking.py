"""The commands that look: for problems, for what to add, whether texts are what they were, at what was published."""

import sys
from pathlib import Path

import click

from builder.cli_shared import (
    CONTENT_PROBLEMS,
    drafts_option,
    fails,
    print_problems,
    root_of,
    site_option,
    strict_option,
)


@click.command()
@site_option
@strict_option
@drafts_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="Text for people, a JSON list for editors, annotations for GitHub Actions.",
)
def check(site: Path | None, strict: bool, drafts: bool, form: str) -> None:
    """Find every problem; write nothing."""
    from builder.outlets import report
    from builder.outlets.building import build_from
    from builder.outlets.folder import read_site
    from builder.outlets.memory import memory_of
    from builder.outlets.workers import spread
    from builder.problems import in_order

    root = root_of(site)
    memory = memory_of(root)
    inputs, found = read_site(root, memory.inputs)
    built = build_from(inputs, found, memory, drafts=drafts).with_all_mistakes(spread)
    problems = in_order([*found, *built.problems])
    match form:
        case "json":
            click.echo(report.as_json(problems))
        case "github":
            click.echo(report.as_github(problems), nl=bool(problems))
        case _:
            print_problems(problems)
            click.echo(report.tally(problems) or f"No problems: {report.counts(built.briefing)}.")
    sys.exit(CONTENT_PROBLEMS if fails(problems, strict) else 0)


@click.command(short_help="Propose names, roles and events as YAML.")
@site_option
def suggest(site: Path | None) -> None:
    """Propose names, spellings, roles of lines, events and wire copies, as YAML to paste; write nothing."""
    from builder.briefing.resolve import resolve
    from builder.briefing.suggesting import suggest as suggestions_for
    from builder.outlets.folder import read_site
    from builder.reading.parse import parse

    inputs, problems = read_site(root_of(site))
    drafts = parse(inputs, unreadable=frozenset(problem.span.path for problem in problems))
    suggestions = suggestions_for(inputs, drafts, resolve(drafts).briefing)
    click.echo("---\n".join(suggestion.yaml for suggestion in suggestions) or "# Nothing to suggest.\n", nl=False)


@click.command(short_help="Write the checksums of the articles.")
@site_option
@click.option("--yes", is_flag=True, help="Accept changed and missing files without being asked.")
def seal(site: Path | None, yes: bool) -> None:
    """Seal the articles: write content/SHA256SUMS, so that a changed text is an error from now on."""
    from builder.outlets import sealing

    root = root_of(site)
    resealing, problems = sealing.look_at_seal(root)
    print_problems(problems)
    if problems:
        sys.exit(CONTENT_PROBLEMS)
    if resealing.forgets:
        click.echo(sealing.what_it_forgets(resealing))
        if not yes and not sys.stdin.isatty():
            click.echo("nothing is sealed: to accept this, answer on a terminal or give --yes")
            sys.exit(CONTENT_PROBLEMS)
        if not yes and not click.confirm("Seal the files as they are now?"):
            click.echo("nothing is sealed: content/SHA256SUMS is as it was")
            sys.exit(CONTENT_PROBLEMS)
    sealing.write_seal(root, resealing)
    click.echo(sealing.what_it_seals(resealing))


@click.command(short_help="Check a published site or a bundle.")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--sources",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of the site it was made from: its articles and their seal are checked as well.",
)
def verify(path: Path, sources: Path | None) -> None:
    """Check a published site, a folder or a zip of one: files against checksums, quotations against sources."""
    from builder.outlets import folder
    from builder.outlets import verify as outlet

    try:
        verdict = outlet.verify(path, sources)
    except folder.Refused as refusal:
        raise click.UsageError(str(refusal)) from None
    click.echo(outlet.in_words(verdict))
    sys.exit(CONTENT_PROBLEMS if verdict.faults else 0)
