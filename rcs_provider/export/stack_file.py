"""The stack's file, Pulumi.<stack>.yaml: the account's settings, and its agents and testers as data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import yaml

from rcs_provider import objects

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rcs_provider.core.settings import Settings

    from .declaration import Declaration


class _Dumper(yaml.SafeDumper):
    """Quotes every text that some YAML reader could take for a number, a date or a truth."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - a stack file repeats what is the same
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, indentless=False)


def _text(dumper: Any, value: str) -> yaml.ScalarNode:
    plain = re.fullmatch(r"[A-Za-z][A-Za-z0-9_:.-]*[A-Za-z0-9]", value) and value.lower() not in _WORDS
    node: yaml.ScalarNode = dumper.represent_scalar("tag:yaml.org,2002:str", value, style=None if plain else '"')
    return node


_WORDS: Final = ("true", "false", "yes", "no", "on", "off", "null")
"""Words that a reader of one YAML version or another takes for something else than text."""

_Dumper.add_representer(str, _text)


def text(settings: Settings, declared: Sequence[Declaration] = ()) -> str:
    """The file's text; without the api-key, which is for `pulumi config set --secret`."""
    return yaml.dump(
        {"config": _config(settings, declared)}, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120
    )


def _config(settings: Settings, declared: Sequence[Declaration]) -> dict[str, Any]:
    sections = {
        f"rcs:{kind.section}": {each.name: _data(each) for each in declared if each.kind is kind} or None
        for kind in objects.OBJECTS
    }
    config = {
        "rcs:pod": settings.pod,
        "rcs:sid": settings.sid,
        "rcs:endpoint": settings.endpoint,
        "rcs:deletionPolicy": None if settings.deletion_policy == "prevent" else settings.deletion_policy,
        **sections,
    }
    return {key: value for key, value in config.items() if value is not None}


def _data(each: Declaration) -> dict[str, Any]:
    if not each.parent:
        return each.arguments
    rest = {name: value for name, value in each.arguments.items() if name != each.kind.parent_field}
    return {each.kind.parent: each.parent, **rest}
