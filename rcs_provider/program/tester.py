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
            arguments: the keys of `RcsTesterArgs`, where each says what it is.
        """
        self._declare(resource_name, {**(args or {}), **arguments}, opts)

    @classmethod
    def get(
        cls, resource_name: str, agent_no: Input[str], phoneno: Input[str], opts: ResourceOptions | None = None
    ) -> Self:
        """Reads a tester without managing it.

        Args:
            resource_name: unique name of the resource in the program.
            agent_no: number of the agent.
            phoneno: the tester's number, in any spelling that has its country code; if the agent's list does not hold
                it, the run fails.
            opts: Pulumi's own options.
        """
        return cls._looked_up(resource_name, Output.concat(agent_no, "/", phoneno), opts)
