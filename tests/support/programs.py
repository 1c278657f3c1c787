"""Runs a program with the SDK's mocks in place of an engine, and shows what it registered."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from unittest import mock

import pulumi
from pulumi.runtime.mocks import MockMonitor

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True)
class Seen:
    """One resource that a program registered: type token, name, id that it asked for, and inputs."""

    kind: str
    name: str
    id: str
    inputs: dict[str, Any]


@dataclass
class Registered(pulumi.runtime.Mocks):
    """All resources that a program registered; each gets its inputs as outputs, and an id of its name."""

    resources: list[Seen] = field(default_factory=list[Seen])

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[Any, Any]]:
        inputs: dict[str, Any] = dict(args.inputs)
        self.resources.append(Seen(args.typ, args.name, args.resource_id or "", inputs))
        return args.resource_id or f"{args.name}-id", inputs

    def call(self, args: pulumi.runtime.MockCallArgs) -> tuple[dict[Any, Any], list[tuple[str, str]] | None]:
        raise AssertionError(f"no call expected: {args.token}")

    def only(self) -> Seen:
        """The one resource that there is."""
        assert len(self.resources) == 1
        return self.resources[0]

    def of(self, kind: str) -> list[Seen]:
        """Resources of one type."""
        return [each for each in self.resources if each.kind == kind]


class Monitor(MockMonitor):
    """The SDK's stand-in for the engine, which knows the stack as well, as the engine does."""

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802 - the engine's name
        made = super().RegisterResource(request)  # type: ignore[no-untyped-call]
        self.resources.setdefault(made.urn, self.ResourceRegistration(made.urn, made.id, {}))
        return made


def run(program: Callable[[], Any], *, preview: bool = False, config: Mapping[str, str] | None = None) -> Registered:
    """Runs a program to its end."""
    mocks, loops = Registered(), list[asyncio.AbstractEventLoop]()
    make = asyncio.new_event_loop

    def remembered() -> asyncio.AbstractEventLoop:
        loops.append(make())
        return loops[-1]

    # The mocks make a loop in every thread that they use, and leave it open.
    with mock.patch("asyncio.new_event_loop", remembered):
        asyncio.set_event_loop(remembered())
        pulumi.runtime.settings.ROOT.set(None)  # each program has a stack of its own
        try:
            pulumi.runtime.set_mocks(mocks, project="proof", stack="dev", preview=preview, monitor=Monitor(mocks))
            pulumi.runtime.set_all_config(dict(config or {}))
            pulumi.runtime.test(program)()
        finally:
            loops[0].run_until_complete(loops[0].shutdown_default_executor())
            for each in loops:
                each.close()
            asyncio.set_event_loop(None)
            pulumi.runtime.set_all_config({})
            # What failed in one program must not fail the next.
            pulumi.runtime.settings.SETTINGS.outputs.clear()
    return mocks
