"""A Python program with typed arguments that declares an account."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from rcs_provider.core.fields import is_block, is_list

from . import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .declaration import Declaration

_WIDTH: Final = 120
_INDENT: Final = "    "


def text(pod: str, found: Sequence[Declaration]) -> str:
    """The program's text, as a formatter would lay it out."""
    variables = names.of_variables(each.name for each in found if not each.agent)
    agents = [f"{variables[each.name]} = {_agent(each)}" for each in found if not each.agent]
    testers = [_tester(each, variables[each.agent]) for each in found if each.agent]
    used = ", ".join(["RcsAgent", *(["RcsTester"] if testers else [])])
    parts = [f'"""RCS agents and their testers, pod {pod}."""', f"from rcs_provider import {used}"]
    blocks = [*agents, *(["\n".join(testers)] if testers else [])]
    return "\n\n".join([*parts, *blocks]) + "\n"


def _agent(each: Declaration) -> str:
    arguments = [f"{name}={_literal(value, 1, len(name) + 2)}" for name, value in each.arguments.items()]
    return _lines("RcsAgent(", [_literal(each.name), *arguments], ")", 0)


def _tester(each: Declaration, agent: str) -> str:
    rest = {name: value for name, value in each.arguments.items() if name != "agent_no"}
    parts = [_literal(each.name), f"agent_no={agent}.agent_number", *_keywords(rest)]
    line = f"RcsTester({', '.join(parts)})"
    return line if len(line) <= _WIDTH else _lines("RcsTester(", parts, ")", 0)


def _keywords(arguments: Mapping[str, Any]) -> Iterable[str]:
    return (f"{name}={_literal(value, 1)}" for name, value in arguments.items())


def _literal(value: Any, depth: int = 0, used: int = 0) -> str:
    """Python's spelling of a value; `used` characters of its first line are taken already."""
    if is_block(value):
        pairs = [f"{_literal(name)}: {_literal(each, depth + 1, len(name) + 5)}" for name, each in value.items()]
        return _fitted("{", pairs, "}", depth, used)
    if is_list(value):
        return _fitted("[", [_literal(each, depth + 1, 1) for each in value], "]", depth, used)
    escaped = isinstance(value, str) and ('"' not in value or "'" in value)
    return json.dumps(value, ensure_ascii=False) if escaped else repr(value)


def _fitted(begin: str, parts: Sequence[str], end: str, depth: int, used: int) -> str:
    line = f"{begin}{', '.join(parts)}{end}"
    if "\n" not in line and len(_INDENT) * depth + used + len(line) <= _WIDTH:
        return line
    return _lines(begin, parts, end, depth)


def _lines(begin: str, parts: Sequence[str], end: str, depth: int) -> str:
    inner = "".join(f"{_INDENT * (depth + 1)}{part},\n" for part in parts)
    return f"{begin}\n{inner}{_INDENT * depth}{end}"
