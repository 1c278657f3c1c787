"""Look-ups under Pulumi's mocks: a unit test's own mocks are asked, and never Kaleyra."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final, TypeVar

import pulumi
from pulumi import Output

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pulumi import Input, InvokeOptions

    from .lookup import Lookup

T = TypeVar("T")

_MODULE: Final = "kaleyra:rcs:"


def token(function: str) -> str:
    """What a mock's `call` gets as `args.token`: `kaleyra:rcs:getAgents` of get_agents."""
    first, *rest = function.split("_")
    return _MODULE + first + "".join(each.title() for each in rest)


def ask(lookup: Lookup[T], opts: InvokeOptions | None) -> T:
    """The mocks' answer, at once."""
    return lookup.mocked(pulumi.runtime.invoke(token(lookup.function), dict(lookup.given), opts).value)


def ask_later(make: Callable[..., Lookup[T]], opts: InvokeOptions | None, *arguments: Input[Any]) -> Output[T]:
    """The mocks' answer, once the arguments are known."""

    def asked(known: list[Any]) -> Output[T]:
        lookup = make(*known)
        return pulumi.runtime.invoke_output(token(lookup.function), dict(lookup.given), opts).apply(lookup.mocked)

    return Output.all(*arguments).apply(asked)


def answered(result: Callable[..., T], found: Mapping[str, Any], **known: Any) -> T:
    """A result made of what a mock gave; what it leaves out is None.

    Args:
        result: the class.
        found: its attributes by name.
        known: attributes where the mock leaves them out.

    Raises:
        TypeError: the class has no such attribute.
    """
    names = [each.name for each in dataclasses.fields(result)]  # type: ignore[arg-type]
    unknown = sorted(set(found) - set(names))
    if unknown:
        raise TypeError(f"{result.__name__} has no {', '.join(unknown)}; a mock may give: {', '.join(names)}")
    return result(**{name: found.get(name, known.get(name)) for name in names})
