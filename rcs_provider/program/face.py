"""The face that serves a program's resources, and how it registers them.

A setting of the stack chooses it: Python's dynamic providers, or the provider plugin. Programs are the same for both.
Each resource carries its type in the other face as an alias, so that a stack can switch between them.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pulumi

from rcs_provider._version import __version__, semantic
from rcs_provider.core.kind import PACKAGE
from rcs_provider.core.names import camel, snake
from rcs_provider.core.settings import FACE, NAMESPACE
from rcs_provider.dynamic.sdk_gaps import register

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rcs_provider.core.kind import Kind

_NAMES: Final = ("replace_on_changes", "additional_secret_outputs", "hide_diffs")
"""Options that list names of properties."""


class _Elsewhere(str):
    """A path as the other face spells it; the SDK must not translate it."""

    __slots__ = ()


@dataclass(frozen=True)
class Face:
    """How one face registers what a program declares.

    Attributes:
        name: value of the setting that chooses it.
        package: of its providers.
        token: gives the type of a kind's resource.
        spelt: gives a property's name as the engine has it.
        version: of the provider that a resource asks for; None takes any.
    """

    name: str
    package: str
    token: Callable[[Kind[Any]], str]
    spelt: Callable[[str], str]
    version: str | None

    @property
    def other(self) -> Face:
        """The face that a stack may come from."""
        return PLUGIN if self is DYNAMIC else DYNAMIC

    def translated(self, name: str) -> str:
        """The name that the engine gets for a property's name, or for a path in the options."""
        return name if self is DYNAMIC or isinstance(name, _Elsewhere) else self.spelt(name)

    def register(
        self,
        resource: pulumi.CustomResource,
        kind: Kind[Any],
        name: str,
        props: Mapping[str, Any],
        opts: pulumi.ResourceOptions | None,
    ) -> None:
        """Registers a resource of a kind; `props` are spelt as the program has them."""
        opts = self._options(kind, opts or pulumi.ResourceOptions())
        if self is DYNAMIC:
            register(resource, self.token(kind), name, props, kind=kind.name, opts=opts)
        else:
            pulumi.CustomResource.__init__(resource, self.token(kind), name, props, opts)

    def _options(self, kind: Kind[Any], opts: pulumi.ResourceOptions) -> pulumi.ResourceOptions:
        made = pulumi.ResourceOptions.merge(opts, None)
        made.aliases = self._aliases(kind, opts)
        made.version = opts.version or self.version
        for each in _NAMES:
            names: list[str] | None = getattr(opts, each, None)
            setattr(made, each, names and [self.spelt(name) for name in names])
        made.ignore_changes = opts.ignore_changes and list(self._ignored(opts.ignore_changes))
        return made

    def _ignored(self, paths: list[str]) -> Iterator[str]:
        """The paths in both spellings.

        The engine puts the stored value of each path in place of the declared one, and a state that comes from the
        other face has the other spelling.
        """
        for each in map(self.spelt, paths):
            yield each
            elsewhere = self.other.spelt(each)
            head = each.replace("[", ".").partition(".")[0]
            # The engine sets no value inside a block that is not there; the whole block is, and `check` fills it up.
            whole = self.other.spelt(head)
            if elsewhere != each:
                yield _Elsewhere(whole if whole != head else elsewhere)

    def _aliases(self, kind: Kind[Any], opts: pulumi.ResourceOptions) -> list[Any]:
        """The program's aliases and the resource's type in the other face, under its name and under each alias."""
        here, there = self.token(kind), self.other.token(kind)

        def elsewhere(alias: Any) -> Any:
            if isinstance(alias, str):
                return alias.replace(here, there) if here in alias else alias.replace(there, here)
            found = copy.copy(alias)
            found.type_ = here if alias.type_ == there else there
            return found

        given: list[Any] = list(opts.aliases or ())
        return [*given, pulumi.Alias(type_=there), *(_changed(each, elsewhere) for each in given)]


DYNAMIC: Final = Face("dynamic", "pulumi-python", lambda kind: kind.token, snake, None)
PLUGIN: Final = Face("plugin", PACKAGE, lambda kind: kind.package_token, camel, semantic(__version__))


def in_force() -> Face:
    """The face of the stack that the program runs for.

    Raises:
        pulumi.RunError: the setting has another value.
    """
    given = pulumi.Config(NAMESPACE).get(FACE.key) or FACE.default
    try:
        return DYNAMIC if FACE.parse(given) == DYNAMIC.name else PLUGIN
    except ValueError as error:
        raise pulumi.RunError(f"{FACE.config_key} {error}") from None


def of_provider(face: Face) -> pulumi.ResourceOptions:
    """The options that make an explicit provider the same resource in both faces."""
    return pulumi.ResourceOptions(
        aliases=[pulumi.Alias(type_=f"pulumi:providers:{face.other.package}")], version=face.version
    )


def _changed(alias: Any, change: Callable[[Any], Any]) -> Any:
    is_known = isinstance(alias, (str, pulumi.Alias))
    return change(alias) if is_known else pulumi.Output.from_input(alias).apply(change)
