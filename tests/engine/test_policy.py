"""The example policy pack, run by the real engine."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from project import ROOT
from proves import proves
from samples import LEAST
from test_options import LATE
from wire import writes

if TYPE_CHECKING:
    from collections.abc import Callable

    from project import Project, Run

    from rcs_simulator import World

PACK: Final = ROOT / "examples" / "policy"
# The language host that the pinned CLI comes with is too old to run a pack by its folder; its program is run as it is.
PROGRAM: Final = PACK / "__main__.py"


def violations(run: Run) -> set[tuple[str, str, str, str]]:
    """Level, policy, resource, and the message below the policy's description."""
    return set(re.findall(r"- \[(\w+)\] +(\S+) +\(\S+: (\S+)\)\n +.+\n +(.+)", run.out))


def run(project: Project, *command: str, config: dict[str, Any] | None = None) -> Run:
    project.env["PYTHONUNBUFFERED"] = None  # the pack itself sees to it that its port is heard
    project.write("policies.json", json.dumps(config or {}))
    return project.pulumi(*command, "--policy-pack", str(PROGRAM), "--policy-pack-config", "policies.json")


def handsets(count: int) -> dict[str, Any]:
    return {f"handset-{each}": {"agent": "agent", "phoneno": f"91900000000{each}"} for each in range(count)}


@proves("E14")
def test_a_preview_stops_at_what_a_mandatory_rule_finds_and_sends_nothing(
    make: Callable[..., Project], world: World
) -> None:
    project = make(stack="prod-in")
    project.declare(
        {
            "agent": {**LEAST, "deletion_policy": "delete", "privacy": {**LEAST["privacy"], "website": "http://a.io"}},
            "trial-1": {**LEAST, "service_code": "trial", "deletion_policy": "delete"},
        },
        handsets(2),
    )
    strict = json.loads((PACK / "strict.json").read_text())
    stopped = run(project, "preview", config={**strict, "rcs-testers-per-agent": {"most": 1}})
    assert stopped.code != 0
    assert violations(stopped) == {
        ("mandatory", "rcs-addresses-are-https", "agent", "privacy.website: must be an https address"),
        (
            "mandatory",
            "rcs-agents-are-kept",
            "agent",
            "can be deleted or replaced: set deletion_policy to prevent, or put its name on a list",
        ),
        ("mandatory", "rcs-names-match", "trial-1", "service_code: must match [A-Z][A-Z0-9_]*"),
        ("mandatory", "rcs-allowed-values", "agent", "billing_category: must be one of CONVERSATIONAL"),
        ("mandatory", "rcs-allowed-values", "trial-1", "billing_category: must be one of CONVERSATIONAL"),
        ("mandatory", "rcs-no-test-numbers", "handset-0", "phoneno: this number must not be a tester in this stack"),
        ("mandatory", "rcs-no-test-numbers", "handset-1", "phoneno: this number must not be a tester in this stack"),
        (
            "mandatory",
            "rcs-testers-per-agent",
            "agent",
            "2 testers are declared for one agent, at most 1 are allowed",
        ),
    }
    assert writes(world) == []


@proves("E14")
def test_a_sound_stack_is_made_and_values_that_come_late_are_left_to_the_run(
    make: Callable[..., Project], world: World
) -> None:
    project = make()
    project.program(
        LATE
        + """
late = Late("late", "https://www.example.com/logo.png")
agent = RcsAgent("agent", **{**LEAST, "logo_url": late.said, "display_name": late.said.apply(lambda said: said[8:23])})
for each in range(2):
    RcsTester(f"handset-{each}", agent_no=agent.agent_number, phoneno=f"91900000000{each}")
"""
    )
    named = {"rcs-names-match": {"displayName": "www.*"}}
    made = run(project, "up", "--yes", config=named)
    assert made.code == 0, made.out
    assert violations(made) == {
        ("advisory", "rcs-deletion-policy-is-set", "agent", "nothing sets kaleyra:deletionPolicy for it")
    }
    assert "can't run policy" not in made.out
    assert len(world.agents()) == 1
    # Now the numbers are known, and the testers are the agent's by its number.
    stopped = run(
        project, "preview", config={"rcs-testers-per-agent": {"most": 1}, "rcs-deletion-policy-is-set": "disabled"}
    )
    assert {found[1:3] for found in violations(stopped)} == {("rcs-testers-per-agent", "agent")}


@proves("E14")
def test_a_late_value_that_breaks_a_rule_stops_the_run_before_its_call(
    make: Callable[..., Project], world: World
) -> None:
    project = make()
    project.program(LATE + "RcsAgent('agent', **{**LEAST, 'logo_url': Late('late', 'http://a.io/b.png').said})\n")
    stopped = run(project, "up", "--yes")
    assert stopped.code != 0
    assert ("mandatory", "rcs-addresses-are-https", "agent", "logo_url: must be an https address") in violations(
        stopped
    )
    assert writes(world) == []
