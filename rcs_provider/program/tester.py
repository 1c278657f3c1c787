"""The tester as programs see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from pulumi import Input, Output, ResourceOptions

from rcs_provider.objects.tester.life import TESTER

from .resources import RcsResource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from typing_extensions import Self, Unpack

    from rcs_provider.objects.tester.fields import RcsTesterArgs


class RcsTester(RcsResource, kind=TESTER):
    """A handset that may talk to an agent before the agent's launch.

    Creating one sends an invitation to a real person; an agent may send 20 a day and 200 in all. Deleting one forgets
    it in state only, as no API removes testers.
    """

    agent_no: Output[str]
    phoneno: Output[str]
    resend: Output[str | None]
    on_existing: Output[str | None]
    uuid: Output[str | None]
    status: Output[str | None]
    test_status: Output[str | None]
    override_dcs_check: Output[bool | None]
    carrierid: Output[float | None]
    pod: Output[str]
    sid: Output[str]

    @overload
    def __init__(self, resource_name: str, args: RcsTesterArgs, opts: ResourceOptions | None = None) -> None: ...

    @overload
    def __init__(
        self, resource_name: str, *, opts: ResourceOptions | None = None, **arguments: Unpack[RcsTesterArgs]
    ) -> None: ...

    def __init__(
        self,
        resource_name: str,
        args: Mapping[str, Any] | None = None,
        opts: ResourceOptions | None = None,
        **arguments: Any,
    ) -> None:
        """Declares a tester.

        Args:
            resource_name: unique name of the resource in the program.
            args: the arguments as one `RcsTesterArgs`, instead of keywords.
            opts: Pulumi's own options.
            arguments: the keys of `RcsTesterArgs`.
            agent_no: Number of the agent to test, `agent_number` of an `RcsAgent`. Must be made of digits only; a
                number is taken for its text. A change: a new object: the old one cannot be changed. Source: Register
                Tester.
            phoneno: Mobile number with its country code, best with a leading +; also part of the id, which Pulumi
                shows. Must be a phone number that can exist, with its country code: 919876543210 or +91 98765 43210; a
                number is taken for its text. A change: a new object: the old one cannot be changed. Source: Register
                Tester.
            resend: Any text; changing it sends the invitation once more, which counts against the agent's quota. A
                change: kept in state; Kaleyra does not know the value.
            on_existing: What creating means where the agent's list has the tester: error refuses, else it is taken
                over. One of `adopt_identical`, `adopt`, `error`; anything else is refused. A change: kept in state;
                Kaleyra does not know the value.
        """
        self._declare(resource_name, {**(args or {}), **arguments}, opts)

    @classmethod
    def get(
        cls, resource_name: str, agent_no: Input[str], phoneno: Input[str], opts: ResourceOptions | None = None
    ) -> Self:
        """Looks at a tester without managing it.

        Args:
            resource_name: unique name of the resource in the program.
            agent_no: number of the agent.
            phoneno: the tester's number, in any spelling that has its country code; if the agent's list does not hold
                it, the run fails.
            opts: Pulumi's own options.
        """
        return cls._looked_up(resource_name, Output.concat(agent_no, "/", phoneno), opts)
