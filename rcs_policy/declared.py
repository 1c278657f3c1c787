"""A resource as a policy pack sees it, in plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Final

from rcs_provider.objects import by_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

AGENT: Final = by_name()["agent"].token
AGENT_FIELDS: Final = by_name()["agent"].table
TESTER: Final = by_name()["tester"].token


@dataclass(frozen=True, kw_only=True)
class Declared:
    """One resource of a stack.

    Attributes:
        type: `AGENT`, `TESTER`, or the type of somebody else's resource.
        urn: `urn:pulumi:STACK::PROJECT::TYPE::NAME`.
        name: its name in the program.
        properties: a resource rule sees the inputs, a stack rule the outputs, which in a preview of something new are
            the inputs, too. `rcs_provider.core.fields.UNKNOWN` stands for what is not known yet.
        protect: whether the engine refuses to delete it; always known.
        provider: the settings of its provider, with keys such as `kaleyra:pod`.
        depends: URNs of the resources that a property's value comes from; stack rules only.
    """

    type: str
    urn: str
    name: str
    properties: Mapping[str, Any] = field(default_factory=dict[str, Any])
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


def matches(text: str, patterns: Iterable[str]) -> bool:
    """Whether a text is one of the patterns, in which `*`, `?` and `[...]` mean what they mean in a shell."""
    return any(fnmatchcase(text, pattern) for pattern in patterns)
