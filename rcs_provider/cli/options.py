"""The options that subcommands share, and the account that they choose: settings from a stack and the environment."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rcs_provider.core.errors import ConfigError
from rcs_provider.core.settings import API_KEY, SETTINGS, config_key, load_settings
from rcs_provider.objects import stack_keys

from . import stack_config, terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from rcs_provider.api.client import Calls, Client
    from rcs_provider.core.settings import Setting, Settings

    from .stack_config import Stack


def client_of(settings: Settings) -> Client:
    """The client of an account."""
    from rcs_provider.api.client import Client  # noqa: PLC0415 - with the HTTP library, which no help needs

    return Client(settings)


@dataclass(frozen=True)
class Account:
    """The account that the environment and a stack's configuration name.

    Attributes:
        settings: of the account; they may have problems, which only a call refuses.
        stack: the configuration that was read.
    """

    settings: Settings
    stack: Stack

    @property
    def renamed(self) -> list[Setting]:
        """The settings that the stack has under their old keys, where nothing reads them."""
        return stack_keys.renamed(self.stack.values)

    @property
    def unknown(self) -> list[Setting]:
        """The settings that the account needs and that only the stack could give, where it could not be read."""
        needed = [each for each in SETTINGS if each.account or each.secret]
        return [each for each in needed if self.stack.trouble and not os.environ.get(each.env)]

    def api(self) -> Calls:
        """The API's operations; progress, repeats and warnings go to standard error.

        Raises:
            ConfigError: the settings have problems.
        """
        return self.client().api(terminal.say)

    def client(self) -> Client:
        """The client of the account.

        Raises:
            ConfigError: the settings have problems.
        """
        self.settings.require_sound()
        return client_of(self.settings)

    def source(self, setting: Setting) -> str:
        """Where a setting comes from; nothing where it has its default or is not set."""
        ambient = setting.env if setting.env and os.environ.get(setting.env) else ""
        key = setting.config_key
        configured = f"{key} of {self.stack.name}" if self.stack.values.get(key) else ""
        if ambient and configured:
            return f"{ambient}, which wins over {configured}" if setting.secret else f"{ambient} and {configured}"
        return ambient or configured


def find_account(name: str | None, folder: Path) -> Account:
    """The account that the environment and a stack name; see `stack_config.read` for the arguments. Never raises."""
    terminal.hide(os.environ.get(API_KEY.env))
    found = stack_config.read(name, folder)
    for key in (API_KEY.config_key, stack_keys.old_key(API_KEY.key)):
        terminal.hide(found.values.get(key))
    return Account(load_settings(lambda key: found.values.get(config_key(key)), os.environ), found)


def require_account(name: str | None, folder: Path) -> Account:
    """The account that the environment and a stack name; see `stack_config.read` for the arguments.

    Raises:
        ConfigError: a stack that is needed cannot be read, or has settings under their old keys.
    """
    account = find_account(name, folder)
    if account.stack.trouble and (name or account.unknown):
        raise ConfigError(account.stack.trouble, account.stack.todo)
    if account.stack.trouble:
        terminal.say(f"{account.stack.trouble}; only the environment is used", "warning")
    if account.renamed:
        raise ConfigError(stack_keys.renaming(account.renamed))
    return account


def in_folder(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the option that chooses its folder; it gets its value as `cwd`."""
    return click.option(
        "-C", "--cwd", metavar="DIR", default=".", help="Run as if started in this folder.",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
    )(command)  # fmt: skip


def stack_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the options that choose a stack; it gets their values as `stack` and `cwd`."""
    return in_folder(
        click.option("-s", "--stack", metavar="NAME", help="Take settings from this stack's configuration, too.")(
            command
        )
    )


def of_stack(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the options that choose a stack, and the account that they name as its first argument."""

    @wraps(command)
    def with_account(stack: str | None, cwd: Path, **named: Any) -> Any:
        return command(require_account(stack, cwd), **named)

    return stack_options(with_account)


as_json = click.option("--json", "as_json", is_flag=True, help="Write JSON.")
"""The option of commands that can write JSON."""


def always_json(command: Callable[..., Any]) -> Callable[..., Any]:
    """Takes `--json` on a command that has no other form, so that a script may say it of every command."""
    return click.option("--json", is_flag=True, expose_value=False, help="Write JSON, which is the only form.")(command)


def _agent_number(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if not re.fullmatch(r"[0-9]+", value):
        raise click.BadParameter("an agent's number is made of digits")
    return value


of_agent = click.argument("number", callback=_agent_number)
"""The argument of commands that look at one agent."""
