"""The command for strangers: whether what was published is as it was written."""

import sys
from pathlib import Path

import click

FAULTS = 1


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
    sys.exit(FAULTS if verdict.faults else 0)
