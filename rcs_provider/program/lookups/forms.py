"""The two forms of every look-up: at once with plain arguments, and as an output of inputs."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import pulumi
from pulumi import ComponentResource, InvokeOutputOptions, Output, Resource

from rcs_provider.core.errors import Refusal
from rcs_provider.core.settings import NAMESPACE, Settings, load_settings
from rcs_provider.dynamic.sdk_gaps import is_mocked
from rcs_provider.program.provider import Provider, provider_in_force

from .accounts import current_run, one_line_for
from .mocked import ask, ask_later

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pulumi import Input, InvokeOptions

    from .accounts import Lookup

T = TypeVar("T")


def now(lookup: Lookup[T], opts: InvokeOptions | None) -> T:
    """Looks something up at once.

    Raises:
        pulumi.RunError: with the one line that the user gets; also where the explicit provider has settings that are
            known later only.
    """
    provider = _provider_of(opts)
    if is_mocked():
        return ask(lookup, opts)
    with one_line_for(lookup, Settings()):
        settings = _ambient() if provider is None else _settled(lookup, provider)
    return current_run().account(settings).look_up(lookup)


def later(make: Callable[..., Lookup[T]], opts: InvokeOptions | None, *arguments: Input[Any]) -> Output[T]:
    """Looks something up once the arguments are known, and the resources that they come from are there.

    In a preview in which they are not, the result is unknown and there is no call. It is secret where an argument is;
    that the key of the account is a secret does not make it one.

    Args:
        make: gives the look-up of plain arguments.
        opts: Pulumi's own options; `depends_on` counts here.
        arguments: of `make`.
    """
    provider, run = _provider_of(opts), current_run()
    if is_mocked():
        return ask_later(make, opts, *arguments)
    settings = Output.from_input(_ambient()) if provider is None else provider.settings_output()
    given = Output.all(*arguments)
    after = _once_made(opts, given)

    def found(known: list[Any]) -> Input[T]:
        account = run.account(known[0])
        # Not on the loop, which has the resources to register meanwhile.
        return asyncio.to_thread(account.look_up, make(*known[2]), known[1])

    return Output.all(settings, after, given).apply(found)


def digits(value: Any) -> str:
    """A number given by a program, as text; it may have become a float on the way through the engine.

    Nothing where it is no number.
    """
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value) if isinstance(value, (str, int)) else ""
    return text if text.isascii() and text.isdigit() else ""


def refuse(name: str, value: Any, function: str) -> NoReturn:
    """Raises Refusal for an argument of a function that has to be digits and is not."""
    if isinstance(value, Output):
        raise Refusal(f"{name} is an Output", f"Use {function}_output.")
    raise Refusal(f"{name} must be digits, such as 71732")


def _ambient() -> Settings:
    return load_settings(pulumi.Config(NAMESPACE).get, os.environ)


def _settled(lookup: Lookup[Any], provider: Provider) -> Settings:
    try:
        return provider.settings()
    except Refusal as error:
        error.hint = f"Use {lookup.function}_output."
        raise


def _provider_of(opts: InvokeOptions | None) -> Provider | None:
    if opts is None:
        return None
    provider = opts.provider if opts.provider is not None else provider_in_force(opts)
    if provider is not None and not isinstance(provider, Provider):
        raise pulumi.RunError("the provider of a look-up must be an rcs_provider.Provider")
    return provider


def _once_made(opts: InvokeOptions | None, given: Output[Any]) -> Output[frozenset[str]]:
    """URNs of the resources that a look-up waits for, known once they are there.

    These are the resources that `depends_on` names, and those that the arguments come from.
    """
    named: Output[Any] = Output.from_input(opts.depends_on if isinstance(opts, InvokeOutputOptions) else None)
    waited: Output[frozenset[Resource]] = Output.from_input(_resources(named, given))
    return Output.all(named, waited).apply(lambda known: _made(known[1]))


async def _resources(named: Output[Any], given: Output[Any]) -> frozenset[Resource]:
    found: Any = await named.future()  # a list, a tuple, or the one resource
    listed: list[Any] = [*found] if isinstance(found, Sequence) else [found]
    direct = {each for each in listed if isinstance(each, Resource)}
    return frozenset(direct | await named.resources() | await given.resources())


def _made(resources: Iterable[Resource]) -> Output[frozenset[str]]:
    # An id is what a resource gets by being made; the placeholders of remote components have none.
    parts = {part for each in resources for part in _parts(each, set())}
    made = [Output.all(each.urn, vars(each).get("id", each.urn)) for each in parts]
    return Output.all(*made).apply(lambda known: frozenset(urn for urn, _ in known))


def _parts(resource: Resource, seen: set[Resource]) -> Iterator[Resource]:
    """The resource, and of a component what it is made of, as the component itself is there before that."""
    if resource in seen:
        return
    seen.add(resource)
    yield resource
    children = vars(resource).get("_childResources", ()) if isinstance(resource, ComponentResource) else ()
    for each in tuple(children):
        yield from _parts(each, seen)
