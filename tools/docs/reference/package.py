"""The page of the package for every language: its tokens, and a mark of its schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rcs_provider.plugin.schema import digest, package_schema

from .markdown import code, table
from .markdown import page as page_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_HEAD: Final = """\
The provider plugin has the same agents and testers for every language of Pulumi's. This page lists what the package's
schema holds; the schema itself, with a description of everything, is what this command prints:

```sh
pulumi package get-schema .venv/bin/pulumi-resource-kaleyra
```

Properties have camelCase names. What each may be and what a change of it does is the same as in Python:
[agents](agent.md), [testers](tester.md), [settings](configuration.md).
"""

_CHOICES: Final = """\
Fields with a closed list of choices are enums as inputs, and strings as outputs: Kaleyra may answer a
value that a list lacks. The settings of an explicit provider are given in the program alone; it takes nothing from the
environment and nothing from the stack's configuration.
"""


def page() -> str:
    """The whole page."""
    schema = package_schema()
    return page_of(
        "The package `kaleyra`",
        "rcs_provider/plugin/schema.py",
        # With the mark the page changes with every word of the schema, so its own test holds the schema, too.
        f"<!-- schema: {digest(schema)} -->",
        _HEAD,
        "## Resources",
        table(("token", "what it is", "required"), map(_resource, schema["resources"].items())),
        "## Functions",
        table(("token", "what it does", "takes", "gives"), map(_function, schema["functions"].items())),
        "## Types",
        _CHOICES,
        table(("token", "what it is", "holds"), map(_type, schema["types"].items())),
    )


def _resource(entry: tuple[str, Mapping[str, Any]]) -> tuple[str, str, str]:
    token, spec = entry
    return code(token), spec["description"], code(*spec["requiredInputs"])


def _function(entry: tuple[str, Mapping[str, Any]]) -> tuple[str, str, str, str]:
    token, spec = entry
    return code(token), spec["description"], _names(spec.get("inputs")), _names(spec["outputs"])


def _type(entry: tuple[str, Mapping[str, Any]]) -> tuple[str, str, str]:
    token, spec = entry
    values: Iterable[str] = (f'"{each["value"]}"' for each in spec.get("enum", ()))
    return code(token), spec["description"], code(*values) or _names(spec)


def _names(shape: Mapping[str, Any] | None) -> str:
    return code(*shape["properties"]) if shape else ""
