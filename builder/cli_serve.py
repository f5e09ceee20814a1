"""The command for those who write: the site while it is written."""

from pathlib import Path

import click

from builder.cli_shared import announce, drafts_option, root_of, search_option, site_option


@click.command(short_help="Show the site while you write it.")
@site_option
@drafts_option
@search_option
@click.option("--open", "opens", is_flag=True, help="Open the site in a browser.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Or the next free one.")
@click.option("--base", default="/", help="Serve the site below this path, as a project's page has one: /repo/.")
@click.option("--host", default="127.0.0.1", show_default=True, help="An address of this machine; 0.0.0.0 is all.")
def serve(site: Path | None, drafts: bool, no_search: bool, opens: bool, port: int, base: str, host: str) -> None:
    """Show the site while it is written: saved, checked, and seen at once."""
    from builder.outlets.live.server import Options, base_path
    from builder.outlets.live.server import serve as serve_site

    try:
        options = Options(host, port, base_path(base), drafts, not no_search, opens)
    except ValueError as failure:
        raise click.BadParameter(str(failure), param_hint="--base") from None
    serve_site(root_of(site), options, say=click.echo, announce=announce)
