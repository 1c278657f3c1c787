"""The agents of a preview as `pulumi preview --json` prints it, whichever face serves them.

Tried with Pulumi 3.259: a step holds `oldState` and `newState`, each with `inputs`. A replacement has three steps of
one URN, of which the one named replace holds both states. A secret value is the text "[secret]", one that is not
known yet a mark of the engine's. Resources that stay as they are have steps only with `--show-sames`. A preview that
fails prints the steps up to there, and `diagnostics` with the errors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rcs_provider.core.codec import plain
from rcs_provider.core.fields import UNKNOWN, is_block, is_list
from rcs_provider.core.marks import HIDDEN, SIGNATURE, UNKNOWNS
from rcs_provider.core.names import renamed, snake
from rcs_provider.objects.agent.fields import TABLE
from rcs_provider.objects.agent.life import AGENT

from .agent import Agent, Step, says_verified

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKENS: Final = (AGENT.token, AGENT.package_token)
_STEPS: Final = {"same": Step.SAME, "create": Step.NEW, "update": Step.CHANGED, "replace": Step.REPLACED}
"""By the engine's word; what only deletes has no new state."""
_PARTS: Final = ("-replacement", "-replaced")
"""End the words for parts of a replacement."""
_ASIDE: Final = ("refresh", "read", "read-discard", "discard")
"""Steps that change nothing that the stack declares."""


def is_preview(document: Any) -> bool:
    """Whether a JSON document is what the engine prints of a preview."""
    return is_block(document) and bool({"steps", "changeSummary", "duration"} & set(document))


def stack_of(document: Any) -> str:
    """The name of the preview's stack; empty where no step tells it."""
    urn = next((str(each.get("urn")) for each in _steps(document)), "")
    return urn.removeprefix("urn:pulumi:").partition("::")[0]


def failure(document: Any) -> str:
    """The first error that the preview ended with; empty where it has none."""
    told = document.get("diagnostics") if is_block(document) else None
    errors = [each for each in (told if is_list(told) else ()) if is_block(each) and each.get("severity") == "error"]
    return str(errors[0].get("message", "")).strip() if errors else ""


def agents(document: Any) -> list[Agent]:
    """The agents that the preview declares, changes or deletes, by name: the engine's own order differs each time."""
    found = [_agent(urn, step) for urn, step in dict(_of_agents(document)).items()]
    return sorted(found, key=lambda each: each.name)


def _steps(document: Any) -> list[dict[str, Any]]:
    steps = document.get("steps") if is_block(document) else None
    return [each for each in (steps if is_list(steps) else ()) if is_block(each)]


def _of_agents(document: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for step in _steps(document):
        urn, op = str(step.get("urn")), str(step.get("op"))
        token = urn.split("::")[-2].rpartition("$")[2] if "::" in urn else ""
        if token in _TOKENS and op not in _ASIDE and not op.endswith(_PARTS):
            yield urn, step


def _agent(urn: str, step: dict[str, Any]) -> Agent:
    old, new = (step.get(each) if is_block(step.get(each)) else None for each in ("oldState", "newState"))
    name, before, after = urn.rpartition("::")[2], _inputs(old), _inputs(new)
    happens = _STEPS.get(str(step.get("op")), Step.SAME) if after is not None else Step.LEAVING
    outputs = old.get("outputs") if old else None
    verified = is_block(outputs) and says_verified(renamed(outputs, snake))
    return Agent(name, after, before, happens, verified=verified)


def _inputs(state: Any) -> dict[str, Any] | None:
    """The inputs of a state by our names; None where there is none."""
    inputs = state.get("inputs") if is_block(state) else None
    return plain(TABLE, renamed(_known(inputs), snake)) if is_block(inputs) else None


def _known(value: Any) -> Any:
    """A value in which our own marks stand for the engine's."""
    if is_block(value):
        return HIDDEN if SIGNATURE in value else {name: _known(each) for name, each in value.items()}
    if is_list(value):
        return [_known(each) for each in value]
    return UNKNOWN if isinstance(value, str) and value in UNKNOWNS else value
