"""The programs and stack files that pages show: made whole where a page leaves something out, and run with mocks."""

from __future__ import annotations

import ast
import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import yaml
from blocks import Block, of
from programs import run
from pulumi.runtime import rpc
from samples import LEAST, NUMBER

from rcs_provider import stack_data
from rcs_provider.core import check
from rcs_provider.core.settings import SETTINGS, Settings, load_settings
from rcs_provider.objects.agent.life import AGENT
from rcs_provider.objects.tester.life import TESTER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from programs import Registered, Seen

    from rcs_provider.core.errors import Problem

_CONFIGURED: Final = {
    "proof:naKey": "a-key",
    "proof:inKey": "a-key",
    "proof:inSid": "SIDIN",
    "proof:naSid": "SIDNA",
    "proof:agentNumber": "71732",
    "proof:phones": json.dumps({"asha": "919000000001", "bruno": "919000000002"}),
}
"""What the programs ask the configuration for."""

_KINDS: Final = {"RcsAgent": AGENT, "RcsTester": TESTER}


class _Whole(ast.NodeTransformer):
    """Puts the least that an agent needs where a call says `...`."""

    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        node.args = [
            ast.parse(f"_ARGS({dict(LEAST)!r})", mode="eval").body if _is_gap(each) else each for each in node.args
        ]
        return node


def _is_gap(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is Ellipsis


def programs(*, runnable: bool = False) -> dict[str, str]:
    """The program of each page: its blocks of Python one after the other, as later ones go on with earlier ones."""
    found = defaultdict[str, str](lambda: "from rcs_provider import RcsAgentArgs as _ARGS\n")
    for block in of("python"):
        if block.mark == "fragment" or (runnable and block.mark):
            continue
        found[block.page] += ast.unparse(_Whole().visit(ast.parse(block.text))) + "\n"
    return dict(found)


def registered(program: str) -> Registered:
    """What a program registers."""
    return run(lambda: exec(compile(program, "a page", "exec"), {"__name__": "__main__"}), config=_CONFIGURED)  # noqa: S102


def problems(seen: Registered) -> Iterator[str]:
    """What a preview would refuse of the agents and testers that were registered, those that are looked up left out."""
    for each in seen.resources:
        kind = _KINDS.get(each.kind.rpartition(":")[2])
        if kind is not None and not each.id:
            inputs = check.completed(kind, Settings(pod="in", sid="SID"), {}, _known(each))
            yield from (
                f"{each.name}: {problem}" for problem in check.problems(kind, Settings(pod="in", sid="SID"), {}, inputs)
            )


def _known(seen: Seen) -> dict[str, Any]:
    """The inputs without the wrapping of secrets, and with a number in place of the ids that the mocks give."""
    plain = {name: rpc.unwrap_rpc_secret(value) for name, value in seen.inputs.items()}
    return {name: NUMBER if str(value).endswith("-id") else value for name, value in plain.items()}


def stack_files() -> list[tuple[Block, Mapping[str, Any]]]:
    """The blocks that are stack files, with what they configure."""
    found = ((block, yaml.safe_load(block.text)) for block in of("yaml", "yml"))
    return [
        (block, document["config"]) for block, document in found if isinstance(document, dict) and "config" in document
    ]


def settings_problems(configured: Mapping[str, Any]) -> list[Problem]:
    """What is wrong with the settings of a stack file, which may leave out what the environment gives."""
    account = {"pod": "in", "sid": "SID"}
    given = {name: None if isinstance(value, dict) else str(value) for name, value in configured.items()}
    left = {each.env: account[each.key] for each in SETTINGS if each.account and each.config_key not in given}
    return list(load_settings(lambda key: given.get(f"kaleyra:{key}"), left).problems)


def declared(configured: Mapping[str, Any]) -> Registered:
    """What the ready project registers for a stack file."""
    data = {name: json.dumps(value) if isinstance(value, dict) else str(value) for name, value in configured.items()}
    return run(stack_data.declare, config=data)
