"""Where `kaleyra-rcs look` takes agents from: a stack file, a preview's JSON, or the account."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rcs_provider.core.codec import plain, with_defaults
from rcs_provider.core.errors import Refusal, Unclear
from rcs_provider.core.fields import UNKNOWN, is_block, is_list
from rcs_provider.core.marks import HIDDEN
from rcs_provider.look import preview
from rcs_provider.look.agent import Agent, says_verified
from rcs_provider.objects import stack_keys
from rcs_provider.objects.agent.fields import TABLE
from rcs_provider.objects.agent.life import AGENT

from . import pulumi_cli, terminal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .options import Account

STDIN: Final = "-"
_KEY: Final = stack_keys.data_key(AGENT.section)
_PATIENCE: Final = 1800.0
"""Seconds of a preview, which installs plugins and runs the whole program."""
_EITHER: Final = "Give a stack file, or what `pulumi preview --json` prints."


def of_file(name: str, folder: Path) -> tuple[str, list[Agent]]:
    """A title, and the agents of a stack file or of a preview that was stored; the content tells which it is.

    Args:
        name: of the file; - is standard input.
        folder: that a relative name starts from.

    Raises:
        Refusal: it cannot be read, or is neither.
    """
    text = _text(name, folder)
    shown = _called(name)
    document = _json(text)
    if preview.is_preview(document):
        return _of_preview(document)
    return f"Agents in {shown}", of_stack_file(text, shown)


def of_preview(stack: str | None, folder: Path) -> tuple[str, list[Agent]]:
    """A title, and the agents of a preview that is run now.

    Raises:
        Refusal: there is no CLI, or it printed no preview.
    """
    options = ["--stack", stack] if stack else []
    arguments = ("preview", "--json", "--show-sames", "--non-interactive", *options)
    try:
        text = pulumi_cli.ask(*arguments, folder=folder, patience=_PATIENCE, even_failed=True)
    except pulumi_cli.PulumiError as error:
        raise Refusal(f"the preview failed: {error}") from None
    document = _json(text)
    if not preview.is_preview(document):
        raise Refusal("the preview failed: pulumi printed no JSON")
    return _of_preview(document)


def of_account(account: Account) -> tuple[str, list[Agent]]:
    """A title, and the agents of the account.

    Raises:
        RcsError: a call failed.
    """
    found = [Agent(str(each.get(AGENT.key) or id_), each, verified=says_verified(each)) for id_, each in _read(account)]
    return f"Agents of the account on pod {account.settings.pod}", found


def _read(account: Account) -> list[tuple[str, dict[str, Any]]]:
    from rcs_provider.export import read_account  # noqa: PLC0415 - with its threads, which no file needs

    inventory = read_account(account.client(), terminal.say, kinds=(AGENT,))
    return [(each.id, _seen(each.id, each.row)) for each in inventory.of(AGENT)]


def _seen(number: str, row: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return AGENT.seen(number, row)
    except Unclear as error:
        terminal.say(f"agent {number}: {error}; it is shown as it came", "warning")
        return dict(row)


def of_stack_file(text: str, shown: str) -> list[Agent]:
    """The agents that a stack file lists.

    Raises:
        Refusal: it is not a stack file, or lists no agents where it should.
    """
    from .stack_file import parse  # noqa: PLC0415 - with its YAML parser, which a preview does not need

    if not text.strip():
        raise Refusal(f"{shown} is empty", _EITHER)
    file = parse(text)
    if file.mistakes:
        first = file.mistakes[0]
        path = f"{first.path}: " if first.path else ""
        raise Refusal(f"{shown}:{first.place.line}:{first.place.column}: {path}{first.reason}", _EITHER)
    return [Agent(name, _declared(each)) for name, each in _listed(file.config, shown).items()]


def _listed(config: Mapping[str, Any], shown: str) -> dict[str, Any]:
    if wrong := stack_keys.misplaced(AGENT.section, config):
        raise Refusal(f"{shown}: {stack_keys.refusal(AGENT.section, wrong)}")
    found = config.get(_KEY)
    if _KEY not in config:
        raise Refusal(f"{shown} lists no agents: it has no {_KEY}", "A program's agents are shown with --preview.")
    if found is UNKNOWN:
        raise Refusal(f"{shown}: {_KEY} is encrypted as a whole", "Show its agents with --preview.")
    if found in (None, ""):
        return {}
    if not is_block(found) or not all(each is None or is_block(each) for each in found.values()):
        raise Refusal(f"{shown}: {_KEY} {stack_keys.SHAPE}", f"Check it with `kaleyra-rcs validate {shown}`.")
    return found


def _declared(entry: dict[str, Any] | None) -> dict[str, Any]:
    """The inputs of an entry; what is encrypted is shown as a secret."""
    return with_defaults(TABLE, plain(TABLE, _hidden(entry or {})))


def _hidden(value: Any) -> Any:
    if is_block(value):
        return {name: _hidden(each) for name, each in value.items()}
    if is_list(value):
        return [_hidden(each) for each in value]
    return HIDDEN if value is UNKNOWN else value


def _of_preview(document: Any) -> tuple[str, list[Agent]]:
    if failed := preview.failure(document):
        terminal.say(f"the preview failed, so agents may be missing: {failed}", "warning")
    stack = preview.stack_of(document)
    return f"Agents in the preview{' of ' if stack else ''}{stack}", preview.agents(document)


def _text(name: str, folder: Path) -> str:
    try:
        content = sys.stdin.buffer.read() if name == STDIN else (folder / name).read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        raise Refusal(f"{_called(name)} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Refusal(f"{_called(name)} cannot be read: it is not UTF-8 text") from None


def _called(name: str) -> str:
    return "standard input" if name == STDIN else Path(name).name


def _json(text: str) -> Any:
    if not text.lstrip().startswith("{"):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
