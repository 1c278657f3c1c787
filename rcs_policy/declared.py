"""A resource as a policy pack sees it, in plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Final

from rcs_provider.core.names import camel, renamed, snake
from rcs_provider.objects import OBJECTS, by_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

AGENT: Final = "agent"
TESTER: Final = "tester"
AGENT_FIELDS: Final = by_name()[AGENT].table
KINDS: Final = {token: kind.name for kind in OBJECTS for token in (kind.token, kind.package_token)}
"""Kind of the resources of a type: each kind has one type of the dynamic provider and one of the plugin."""
PLUGIN: Final = {kind.package_token for kind in OBJECTS}
"""Types of the plugin: their properties have camelCase names."""


@dataclass(frozen=True, kw_only=True)
class Declared:
    """One resource of a stack.

    Attributes:
        kind: `AGENT`, `TESTER`, or nothing for somebody else's resource.
        urn: `urn:pulumi:STACK::PROJECT::TYPE::NAME`.
        name: its name in the program.
        properties: a resource rule sees the inputs, a stack rule the outputs, which in a preview of something new are
            the inputs, too. `rcs_provider.core.fields.UNKNOWN` stands for what is not known yet. Names are ours,
            whichever provider the resource has.
        plugin: whether it is the provider plugin's, rather than the dynamic provider's.
        protect: whether the engine refuses to delete it; always known.
        provider: the settings of its provider, with keys such as `kaleyra:pod`, or `pod` of the plugin's.
        depends: URNs of the resources that a property's value comes from; stack rules only.
    """

    kind: str
    urn: str
    name: str
    properties: Mapping[str, Any] = field(default_factory=dict[str, Any])
    plugin: bool = False
    protect: bool = False
    provider: Mapping[str, Any] = field(default_factory=dict[str, Any])
    depends: Mapping[str, Sequence[str]] = field(default_factory=dict[str, "Sequence[str]"])

    @property
    def stack(self) -> str:
        """Name of the stack, which a URN always holds."""
        return self.urn.split(":")[2]

    def text(self, name: str) -> str | None:
        """A property that is a known text, otherwise None."""
        value = self.properties.get(name)
        return value if isinstance(value, str) else None

    def spelt(self, path: str) -> str:
        """The path of a field as the program spells it."""
        return camel(path) if self.plugin else path


def our_names(type_: str, properties: Mapping[str, Any]) -> Mapping[str, Any]:
    """The properties of a resource of that type by our names."""
    found: Mapping[str, Any] = renamed(properties, snake) if type_ in PLUGIN else properties
    return found


def matches(text: str, patterns: Iterable[str]) -> bool:
    """Whether a text is one of the patterns, in which `*`, `?` and `[...]` mean what they mean in a shell."""
    return any(fnmatchcase(text, pattern) for pattern in patterns)
