"""A Python program with typed arguments that declares an account."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from rcs_provider import objects
from rcs_provider.core.fields import is_block, is_list

from . import names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rcs_provider.core.kind import Kind

    from .declaration import Declaration


_PHONES: Final = "phones"
"""The variable that holds them."""
_IMPORT: Final = "from pulumi import Config\n\n"


def text(pod: str, declared: Sequence[Declaration], secret_key: str = "") -> str:
    """The program's text; a formatter lays it out. With a key, phone numbers come from that secret of the stack."""
    variables = names.of_variables(each.name for each in declared if not each.parent)
    roots = [f"{variables[each.name]} = {_root(each)}" for each in declared if not each.parent]
    children = [_child(each, variables[each.parent], secret=bool(secret_key)) for each in declared if each.parent]
    classes = {_class_of(kind): None for kind in objects.OBJECTS if any(each.kind is kind for each in declared)}
    used = ", ".join(classes or [_class_of(objects.OBJECTS[0])])
    phones = f'{_PHONES} = Config().require_secret_object("{secret_key}")' if secret_key and children else ""
    parts = [
        f'"""RCS agents and their testers, pod {pod}."""',
        f"{_IMPORT if phones else ''}from rcs_provider import {used}",
        *filter(None, [phones]),
    ]
    blocks = [*roots, *(["\n".join(children)] if children else [])]
    return "\n\n".join([*parts, *blocks]) + "\n"


def _root(each: Declaration) -> str:
    lines = [_literal(each.name), *_keywords(each.arguments)]
    return "\n".join([f"{_class_of(each.kind)}(", *(f"    {line}," for line in lines), ")"])


def _child(each: Declaration, parent: str, *, secret: bool) -> str:
    kind = each.kind
    number = objects.by_name()[kind.parent].number
    apart = (kind.parent_field, kind.key) if secret else (kind.parent_field,)
    rest = {name: value for name, value in each.arguments.items() if name not in apart}
    phone = [f"{kind.key}={_PHONES}[{_literal(each.name)}]"] if secret else []
    parts = [_literal(each.name), f"{kind.parent_field}={parent}.{number}", *phone, *_keywords(rest)]
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
