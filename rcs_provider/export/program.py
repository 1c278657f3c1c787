"""A Python program with typed arguments that declares an account."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rcs_provider import objects
from rcs_provider.core.fields import is_block, is_list

from . import names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rcs_provider.core.kind import Kind

    from .declaration import Declaration


def text(pod: str, declared: Sequence[Declaration]) -> str:
    """The program's text; a formatter lays it out."""
    variables = names.of_variables(each.name for each in declared if not each.parent)
    roots = [f"{variables[each.name]} = {_root(each)}" for each in declared if not each.parent]
    children = [_child(each, variables[each.parent]) for each in declared if each.parent]
    classes = {_class_of(kind): None for kind in objects.OBJECTS if any(each.kind is kind for each in declared)}
    used = ", ".join(classes or [_class_of(objects.OBJECTS[0])])
    parts = [f'"""RCS agents and their testers, pod {pod}."""', f"from rcs_provider import {used}"]
    blocks = [*roots, *(["\n".join(children)] if children else [])]
    return "\n\n".join([*parts, *blocks]) + "\n"


def _root(each: Declaration) -> str:
    lines = [_literal(each.name), *_keywords(each.arguments)]
    return "\n".join([f"{_class_of(each.kind)}(", *(f"    {line}," for line in lines), ")"])


def _child(each: Declaration, parent: str) -> str:
    kind = each.kind
    number = objects.by_name()[kind.parent].number
    rest = {name: value for name, value in each.arguments.items() if name != kind.parent_field}
    parts = [_literal(each.name), f"{kind.parent_field}={parent}.{number}", *_keywords(rest)]
    return f"{_class_of(kind)}({', '.join(parts)})"


def _keywords(arguments: Mapping[str, Any]) -> list[str]:
    return [f"{name}={_literal(value)}" for name, value in arguments.items()]


def _literal(value: Any) -> str:
    """Python's spelling of a value, with the quotes that formatters prefer."""
    if is_block(value):
        return f"{{{', '.join(f'{_literal(name)}: {_literal(each)}' for name, each in value.items())}}}"
    if is_list(value):
        return f"[{', '.join(map(_literal, value))}]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def _class_of(kind: Kind[Any]) -> str:
    return kind.token.rpartition(":")[2]
