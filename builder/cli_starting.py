"""The commands with which a site begins: a starter, and schemas for its editor."""

from pathlib import Path
from shlex import quote

import click

from builder.cli_shared import root_of, shown, site_option


def named(_context: click.Context, _parameter: click.Parameter, folder: str) -> Path:
    """A folder that has a name: an empty word, such as that of a variable that is not set, is no folder."""
    if not folder:
        raise click.BadParameter("it is empty; name a folder")
    return Path(folder)


@click.command(short_help="Start a site: a small topic that teaches.")
@click.argument("folder", metavar="DIR", type=click.Path(), callback=named)
def new(folder: Path) -> None:
    """Start a site in DIR, a new or empty folder: a small topic that builds at once and shows how all is written."""
    from builder.outlets import starter
    from builder.outlets.folder import Refused

    try:
        count = starter.start_site(folder)
    except Refused as refusal:
        raise click.UsageError(str(refusal)) from None
    place = shown(folder)
    click.echo(f"{place}: a made-up topic in {count} files, to be replaced by yours; its README.md says how")
    typed = f"./{place}" if place.startswith("-") else place  # `cd -x` asks for an option
    click.echo(f"build it: {'' if place == '.' else f'cd {quote(typed)} && '}sourcebook build")


@click.command(short_help="Write JSON Schemas, for editors.")
@site_option
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="The folder to write. Default: .schemas in the site's folder.",
)
def schema(site: Path | None, output: Path | None) -> None:
    """Write JSON Schemas of the YAML files: with them, editors complete keys, explain them and mark mistakes."""
    from builder.outlets import starter
    from builder.outlets.folder import Refused

    target = output or root_of(site) / starter.SCHEMAS
    try:
        names = starter.write_schemas(target)
    except Refused as refusal:
        raise click.UsageError(str(refusal)) from None
    click.echo(f"{shown(target)}: {', '.join(names)}")
