"""The command `kaleyra-rcs`: its subcommands, and how each of them ends.

A subcommand is a click command in a module of its own, registered below. It returns its exit code, or nothing
for DONE, and raises our own errors: `main` shows them in one line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from rcs_provider._version import __version__
from rcs_provider.core.defects import defect
from rcs_provider.core.errors import ConfigError, RcsError, Refusal

from . import terminal
from .agents import agent, agents
from .brands import brands
from .doctor import doctor
from .exit_codes import DONE, INTERRUPTED, REFUSED, WRONG_USE
from .export import export
from .look import look
from .masters import masters
from .plugin import plugin
from .testers import testers
from .validate import validate

if TYPE_CHECKING:
    from collections.abc import Sequence

_EPILOG: Final = """\b
Exit codes:
  0    done
  1    the API refused, or could not be reached
  2    wrong usage or settings
  3    finished, and found something to mend
  130  interrupted

\b
Settings come from KALEYRA_POD, KALEYRA_SID, KALEYRA_API_KEY and
KALEYRA_ENDPOINT, and from the configuration of a Pulumi stack: the selected
one of the project in this folder, or the one that --stack names.

\b
Completion, for bash (zsh and fish likewise):
  eval "$(_KALEYRA_RCS_COMPLETE=bash_source kaleyra-rcs)"
"""


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=_EPILOG, invoke_without_command=True)
@click.version_option(__version__, prog_name="kaleyra-rcs", message="%(prog)s %(version)s")
@click.pass_context
def rcs(context: click.Context) -> None:
    """Look at Kaleyra RCS agents and testers, check stack files, and set up the provider plugin."""
    if context.invoked_subcommand is None:
        terminal.put(context.get_help())


# Every subcommand, in the order of `docs/command-line.md`.
for each in (agents, agent, testers, brands, masters, export, doctor, validate, look, plugin):
    rcs.add_command(each)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and gives its exit code; whatever goes wrong is one line on standard error.

    Args:
        arguments: without the program's name; None takes those of the process.
    """
    try:
        code = rcs.main(arguments, prog_name="kaleyra-rcs", standalone_mode=False)
    except Exception as error:  # noqa: BLE001 - a traceback helps nobody who only uses the command
        return _failed(error)
    return code if isinstance(code, int) else DONE


def _failed(error: Exception) -> int:
    if isinstance(error, click.Abort):
        return INTERRUPTED
    if isinstance(error, click.UsageError):
        path = error.ctx.command_path if error.ctx else "kaleyra-rcs"
        terminal.complain(f"{error.format_message().rstrip('.')}. See `{path} --help`.")
        return WRONG_USE
    if isinstance(error, click.ClickException):
        terminal.complain(error.format_message())
        return WRONG_USE
    if isinstance(error, RcsError):
        terminal.complain(str(error))
        return WRONG_USE if isinstance(error, (ConfigError, Refusal)) else REFUSED
    terminal.complain(defect(error, "kaleyra-rcs"))
    return REFUSED
