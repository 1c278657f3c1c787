"""The page of the simulator: how it is started, what it can be switched to, and how it is made to fail."""

from __future__ import annotations

import inspect
import json
from typing import TYPE_CHECKING, Any, Final

from rcs_simulator import World
from rcs_simulator.api import switches
from rcs_simulator.control.admin import ROUTES
from rcs_simulator.faults import kinds
from rcs_simulator.server.application import SAMPLES
from rcs_simulator.server.cli import OPTIONS

from .markdown import block, bullets, code, sentences, table
from .markdown import page as page_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD: Final = """\
`rcs_simulator` behaves like the documented API of both pods, on loopback, so that a stack can be tried and a program
tested without an account. It keeps its state in a folder, and what it does is the same for the same seed.

It is written from the vendor's pages and imports nothing of `rcs_provider`; [API coverage](coverage.md) says how sure
each part of it is.
"""

_START: Final = """
pip install '.[simulator]'
python -m rcs_simulator --data simulated
"""

_AFTER: Final = """\
It prints the address of each pod. `simulated/addresses.json` holds the addresses with SID and api-key, which a stack
takes as `kaleyra:endpoint` or `KALEYRA_ENDPOINT`, `kaleyra:sid` and `KALEYRA_API_KEY`.
"""

_PYTHON: Final = """
from rcs_simulator import Simulator

with Simulator() as simulator:
    world = simulator.world("in")
    world.set(tester_daily_quota=1)
    world.fault("create_agent", 503, "lost", "ok")
    number = world.seed_agent(service_code="SUPPORT")
    assert world.agent(number)["service_code"] == "SUPPORT"
    assert [entry.operation for entry in world.journal()] == []
"""

_SAMPLES: Final = """\
`/samples/` of each pod has a logo and a banner for each agent of the stack "local", drawn as a phone wants them, and a
page to link to. They are no part of the API and stand in no journal.
"""

_FAULTS: Final = """\
Faults are scripts: each call of an operation takes the first one that is meant for it, in order. What has not fired is
listed by `world.pending_faults()`, so that a test can show that all of them did.
"""


def page() -> str:
    """The whole page."""
    return page_of(
        "The simulator",
        "rcs_simulator",
        _HEAD,
        "## From the command line",
        block("sh", _START),
        _AFTER,
        table(("option", "meaning"), _options()),
        "## From Python",
        block("python", _PYTHON),
        table(("of a world", "what it does"), _methods()),
        "## Switches",
        "Every behaviour that the vendor's pages leave open, by `world.set(NAME=VALUE)`.",
        table(("switch", "meaning", "default", "choices"), _switches()),
        "## Faults",
        _FAULTS,
        f"Operations: {code(*kinds.OPERATIONS)}, or `any`.",
        (kinds.__doc__ or "").partition("\n\n")[2],
        "These words stand for whole faults:",
        table(("word", "fault"), ((f"`{name}`", _fault(fault)) for name, fault in _words())),
        "## Sample pictures",
        _SAMPLES,
        bullets(code(f"/samples/{each}") for each in sorted(SAMPLES)),
        "## Admin paths",
        "Below `/_admin`, which the real API does not have; `World` is a client of them.",
        table(("method", "path"), ((method, f"`{path}`") for method, path, _ in ROUTES)),
    )


def _options() -> Iterator[tuple[str, str]]:
    for name, details in OPTIONS.items():
        yield f"`{name}`", details["help"] % details + (" (needed)" if details.get("required") else "")


def _methods() -> Iterator[tuple[str, str]]:
    for name, member in vars(World).items():
        if not name.startswith("_"):
            arguments = "" if isinstance(member, property) else _signature(member)
            yield f"`{name}{arguments}`", sentences(member.__doc__)


def _signature(member: Any) -> str:
    parameters = [each for each in inspect.signature(member).parameters.values() if each.name != "self"]
    return f"({', '.join(str(each.replace(annotation=each.empty)) for each in parameters)})"


def _switches() -> Iterator[tuple[str, str, str, str]]:
    for name, each in switches.describe().items():
        meaning = each["doc"].replace("{", "`{").replace("}", "}`")
        yield f"`{name}`", meaning, code(json.dumps(each["default"])), code(*each["choices"]) if each["choices"] else ""


def _words() -> Iterator[tuple[str, dict[str, Any]]]:
    return ((name, fault) for name, fault in kinds.SHORTHANDS.items() if fault != {"kind": name})


def _fault(fault: dict[str, Any]) -> str:
    return ", ".join(f"`{key}` {json.dumps(value)}" for key, value in fault.items() if value is not None)
