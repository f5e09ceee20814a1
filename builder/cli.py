"""The command: a group of commands, each of which imports what it needs, so that it pays for no other."""

import gc
import os
import sys
from io import TextIOWrapper
from typing import Any

import click

from builder.cli_building import build, bundle, publish
from builder.cli_checking import check, seal, suggest, verify
from builder.cli_import import import_files
from builder.cli_serve import serve
from builder.cli_shared import MACHINE, STOPPED
from builder.cli_starting import new, schema


class Commands(click.Group):
    """Commands that Ctrl-C may stop at any moment: whatever they had begun, the next run finishes."""

    def list_commands(self, _: click.Context) -> list[str]:
        """In the order of the work."""
        return list(self.commands)

    def invoke(self, context: click.Context) -> Any:
        """Ends with the status that shells know for it, which is no problem's."""
        try:
            return super().invoke(context)
        except KeyboardInterrupt:
            click.echo("\nsourcebook: stopped by Ctrl-C", err=True)
            context.exit(STOPPED)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
@click.version_option(package_name="sourcebook", message="sourcebook %(version)s")
def sourcebook() -> None:
    """Topic briefings that cannot misquote their sources.

    Write articles and their summaries in content/, then check and build.
    """


for command in (new, import_files, suggest, serve, check, seal, build, bundle, publish, verify, schema):
    sourcebook.add_command(command)


def main() -> None:
    """Runs a command; what the machine refuses ends it with status 3 and a sentence."""
    # A build makes many values and hardly a cycle: to look for cycles less often saves a tenth of its time.
    gc.set_threshold(200_000)
    # Pydantic would look for plugins in all that is installed; none is to have a say in what a site is taken for.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that knows no “ shows a question mark, not a traceback
    try:
        sourcebook()
    except OSError as failure:
        what = failure.strerror or str(failure)
        where = f"{failure.filename}: " if failure.filename else ""
        click.echo(f"sourcebook: {where}{what}", err=True)
        sys.exit(MACHINE)
    except MemoryError:
        click.echo("sourcebook: there is not enough memory for this site", err=True)
        sys.exit(MACHINE)
    finally:
        gc.freeze()  # else Python looks through all that a build has made once more, to let go of what goes anyway
