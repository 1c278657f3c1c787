"""A project whose resources may have providers of their own."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from declarations import QUICK_END
from project import Project, whole
from samples import LEAST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PROGRAM: Final = """\
import json
import pulumi
from rcs_provider import Provider, RcsAgent, RcsTester

declared = json.load(open("declared.json"))
providers = {name: Provider(name, **each) for name, each in declared["providers"].items()}


def options(each):
    named = each.get("provider")
    return pulumi.ResourceOptions(provider=providers[named]) if named else None


made = {}
for name, each in declared["agents"].items():
    made[name] = RcsAgent(name, **each["args"], opts=options(each))
for name, each in declared["testers"].items():
    args = dict(each["args"])
    if "agent" in args:
        args["agent_no"] = made[args.pop("agent")].agent_number
    RcsTester(name, **args, opts=options(each))
"""

SETTINGS: Final[Mapping[str, Any]] = {
    "readTimeout": 2,
    "connectTimeout": 2,
    "operationTimeout": 10,
    "maxRetries": 1,
    "requestsPerSecond": 1000,
    "deletionPolicy": "delete",
}
"""Nothing waits long. With one repeat, a fault that hits twice lasts."""


class Stage(Project):
    """A project of the fault tests."""

    def __post_init__(self) -> None:
        """Also takes the short time limits."""
        self._read: tuple[str, dict[str, dict[str, Any]]] = ("", {})
        super().__post_init__()
        self.write("__main__.py", QUICK_END + PROGRAM)
        self.configure(**SETTINGS)

    def declare(
        self,
        agents: Mapping[str, Any] | None = None,
        testers: Mapping[str, Any] | None = None,
        providers: Mapping[str, Any] | None = None,
    ) -> None:
        """Declares resources by name: `{"args": ..., "provider": ...}`, or the arguments alone."""
        declared = {"agents": whole(agents), "testers": whole(testers), "providers": dict(providers or {})}
        self.write("declared.json", json.dumps(declared))

    def declared(self) -> dict[str, Any]:
        """What is declared now."""
        found: dict[str, Any] = json.loads((self.folder / "declared.json").read_text())
        return found

    @contextmanager
    def saving_once(self) -> Iterator[None]:
        """Commands in it write the state at their end alone: where much is in a stack, writing each step takes long."""
        self.env["PULUMI_SKIP_CHECKPOINTS"] = "true"
        yield
        del self.env["PULUMI_SKIP_CHECKPOINTS"]

    def resources(self) -> dict[str, dict[str, Any]]:
        """What is in state, taken apart once for each state: every lane of a row asks for it."""
        text = self.state_file.read_text()
        if text != self._read[0]:
            self._read = (text, super().resources())
        return self._read[1]

    def account(self, endpoint: str, pod: str = "in") -> dict[str, Any]:
        """Arguments of an explicit provider like the stack's own, with another address."""
        assert self.world is not None
        return {
            "pod": pod,
            "sid": self.world.sid,
            "api_key": self.world.api_key,
            "endpoint": endpoint,
            "read_timeout": SETTINGS["readTimeout"],
            "connect_timeout": SETTINGS["connectTimeout"],
            "operation_timeout": SETTINGS["operationTimeout"],
            "max_retries": SETTINGS["maxRetries"],
            "requests_per_second": SETTINGS["requestsPerSecond"],
            "deletion_policy": "delete",
        }


def agent(code: str, **more: Any) -> dict[str, Any]:
    """The arguments of an agent."""
    return {**LEAST, "service_code": code, **more}
