"""The command that brings texts in."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.cli_shared import progress, root_of, site_option

if TYPE_CHECKING:
    from builder.briefing.bringing import Brought

REFUSED = 1


@click.command("import", short_help="Bring articles in, summaries drafted.")
@site_option
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(readable=False, path_type=Path))
@click.option(
    "--slug", default="", metavar="NAME", help="The article's id, for one text. Default: made from its title."
)
@click.option("--dry-run", is_flag=True, help="Say what would be imported; write nothing.")
def import_files(site: Path | None, files: tuple[Path, ...], slug: str, *, dry_run: bool) -> None:
    """Bring texts in: each copied as it is, its summary drafted, both sealed.

    Texts are .txt, .md or saved .html pages; a .json file is what Zotero knows about them (CSL-JSON).
    """
    from builder.briefing.bringing import Refused
    from builder.outlets import folder, importing

    root, report, stopped = root_of(site), importing.Report(), ""
    try:
        with folder.only_build(root, _waiting), progress("Importing") as told:
            importing.bring_in(root, files, report, _read_page, told, slug=slug, dry_run=dry_run)
    except Refused as refusal:
        raise click.UsageError(str(refusal)) from None
    except (KeyboardInterrupt, OSError):
        stopped = f"stopped: {importing.counted(report, dry_run=dry_run)}; the same command again does the rest\n"
        raise
    finally:
        click.echo("".join(f"{line}\n" for line in report.done), nl=False)
        click.echo("".join(f"{line}\n" for line in report.refused) + stopped, nl=False, err=True)
    click.echo(importing.in_words(report, dry_run=dry_run))
    sys.exit(REFUSED if report.refused else 0)


def _read_page(name: str, data: bytes) -> "Brought":
    """A saved page's main text; the extractor is an extra, and imported when the first page comes."""
    from builder.briefing.bringing import Refused

    try:
        from builder.outlets.html_pages import read_page
    except ImportError:
        raise Refused("saved pages need the extra “html”: pip install 'sourcebook[html]'") from None
    return read_page(name, data)


def _waiting() -> None:
    click.echo("a build or an import of this site is running; waiting for it", err=True)
