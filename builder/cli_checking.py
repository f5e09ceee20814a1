"""The commands that hold texts to what they were: the seal of the sources, and the look at what was published."""

import sys
from pathlib import Path

import click

from builder.cli_shared import CONTENT_PROBLEMS, print_problems, root_of, site_option


@click.command()
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


@click.command()
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
