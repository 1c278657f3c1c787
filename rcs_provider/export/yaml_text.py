"""Plain values as YAML that every reader takes for the same: whatever may be more than a text to one is quoted."""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

_WORDS: Final = ("true", "false", "yes", "no", "on", "off", "null")
"""Words that a reader of one YAML version or another takes for something else than text."""


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


_Dumper.add_representer(str, _text)


def dumped(value: Any) -> str:
    """A value as YAML, keys in the order that they have."""
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)
