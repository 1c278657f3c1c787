"""One look-up, answered at once or as an output."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, NoReturn, TypeVar, cast
from weakref import ref

import pulumi
from pulumi import InvokeOutputOptions, Output, Resource

from rcs_provider.core.errors import Refusal
from rcs_provider.core.settings import NAMESPACE, Settings, load_settings
from rcs_provider.dynamic.sdk_gaps import is_mocked
from rcs_provider.program import stack_config
from rcs_provider.program.provider import Provider, provider_in_force

from . import mocked
from .client import client_of, one_line_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pulumi import Input, InvokeOptions

    from rcs_provider.api.client import Calls

    from .client import LookupClient

T = TypeVar("T")

_GET_RESOURCE: Final = "pulumi:pulumi:getResource"
"""A function that every engine has and answers itself."""


@dataclass(frozen=True)
class Lookup(Generic[T]):
    """One look-up.

    Attributes:
        function: name of the function that asks for it.
        what: it looks up: "agent 71732". Look-ups of the same thing share one answer.
        fetch: asks the API.
        shape: gives the result of what was fetched.
        given: its arguments by name, which mocks get.
        mocked: gives the result of what mocks answer.
    """

    function: str
    what: str
    fetch: Callable[[Calls], Any]
    shape: Callable[[Any], T]
    given: Mapping[str, Any]
    mocked: Callable[[Mapping[str, Any]], T]

    def require_plain(self) -> None:
        """Raises pulumi.RunError for an argument that is an output."""
        with one_line_errors(self.what, Settings()):
            for name, value in self.given.items():
                if isinstance(value, Output):
                    raise Refusal(f"{name} is an Output", f"Use {self.function}_output.")

    def answer(self, client: LookupClient, since: float = 0.0) -> T:
        """The result of what was asked at the moment `since` of `time.monotonic`, or later.

        Raises:
            pulumi.RunError: with the one line that the user gets.
        """
        found = client.ask(self.what, self.fetch, since)
        with one_line_errors(self.what, client.settings):
            return self.shape(found)


def at_once(lookup: Lookup[T], opts: InvokeOptions | None) -> T:
    """Looks something up at once; any answer of the run will do.

    Raises:
        pulumi.RunError: with the one line that the user gets; also where the explicit provider has settings that are
            known later only.
    """
    provider = _provider_of(opts)
    lookup.require_plain()
    if is_mocked():
        return mocked.ask(lookup, opts)
    with one_line_errors(lookup.what, Settings()):
        settings = _ambient() if provider is None else _settled(lookup, provider)
    return lookup.answer(client_of(settings))


def as_output(make: Callable[..., Lookup[T]], opts: InvokeOptions | None, *arguments: Input[Any]) -> Output[T]:
    """Looks something up once the arguments are known, and the resources that they come from are there.

    In a preview in which they are not, the result is unknown and there is no call. It is secret where an argument is;
    that the key of the account is a secret does not make it one.

    Args:
        make: gives the look-up of plain arguments.
        opts: Pulumi's own options; `depends_on` counts here.
        arguments: of `make`.
    """
    provider = _provider_of(opts)
    if is_mocked():
        return mocked.ask_later(make, opts, *arguments)
    settings = Output.from_input(_ambient()) if provider is None else provider.settings_output()
    given = Output.all(*arguments)
    depends_on = opts.depends_on if isinstance(opts, InvokeOutputOptions) else None

    def ask(known: list[Any]) -> Input[T]:
        client, resources = client_of(known[0]), known[1]
        since = client.moment(resources) if resources else 0.0
        # Not on the loop, which has the resources to register meanwhile.
        return asyncio.to_thread(make(*known[2]).answer, client, since)

    return Output.all(settings, _once_there(depends_on, given), given).apply(ask)


def _once_there(depends_on: Any, given: Output[Any]) -> Output[frozenset[ref[Resource]]]:
    """The resources that a look-up waits for, known once they are there, with the children of components.

    These are the resources that `depends_on` names, and those that it and the arguments come from. In the SDK only a
    function of a provider waits for them, so this calls one, for its waiting.
    """
    waited: Output[Any] = Output.all(depends_on, given)

    async def there(named: Any) -> Any:
        listed: list[Resource] = [*named] if isinstance(named, Sequence) else [named] if named else []
        resources = {*listed, *await waited.resources()}
        if not resources:
            return frozenset[ref[Resource]]()
        stack = cast("Resource", pulumi.runtime.get_root_resource())
        # As plain text: an output of the stack's would make whatever uses the result wait for all of its resources.
        asked = {"urn": await stack.urn.future()}
        answer = pulumi.runtime.invoke_output(_GET_RESOURCE, asked, InvokeOutputOptions(depends_on=[*resources]))
        return answer.apply(lambda _: frozenset(map(ref, resources)))  # the end of a run frees what nobody holds

    return waited.apply(lambda known: Output.from_input(there(known[0])))


def refuse(name: str) -> NoReturn:
    """Raises Refusal for an argument that has to be digits and is not."""
    raise Refusal(f"{name} must be digits, such as 71732")


def _ambient() -> Settings:
    stack_config.check()
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
