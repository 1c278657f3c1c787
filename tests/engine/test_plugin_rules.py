"""The example policy pack over resources of the provider plugin, run by the real engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugged import a_tester, an_agent, declare, plugged
from proves import proves
from samples import LEAST
from test_policy import run, violations
from wire import writes

if TYPE_CHECKING:
    from collections.abc import Callable

    from project import Project

    from rcs_simulator import World


@proves("E14", "F4")
def test_the_rules_hold_for_the_plugins_resources_by_the_names_of_their_programs(
    make: Callable[..., Project], world: World
) -> None:
    project = plugged(make())
    terms = {"labelText": "Terms", "website": "http://a.io"}
    declare(
        project,
        agent=an_agent(deletionPolicy="delete", termsConditions=terms),
        kept=an_agent(serviceCode="KEPT"),
        first=a_tester("agent", "919000000001"),
        second=a_tester("agent", "919000000002"),
    )
    patterns = {"displayName": "ACME.*"}
    stopped = run(project, "preview", config={"rcs-names-match": patterns, "rcs-testers-per-agent": {"most": 1}})
    assert stopped.code != 0
    unset = "nothing sets kaleyra:deletionPolicy for it"
    assert LEAST["display_name"] not in stopped.out
    assert violations(stopped) == {
        ("mandatory", "rcs-addresses-are-https", "agent", "termsConditions.website: must be an https address"),
        ("mandatory", "rcs-agents-are-kept", "agent",
         "can be deleted or replaced: set deletionPolicy to prevent, or put its name on a list"),
        ("mandatory", "rcs-names-match", "agent", "displayName: must match ACME.*"),
        ("mandatory", "rcs-names-match", "kept", "displayName: must match ACME.*"),
        ("mandatory", "rcs-testers-per-agent", "agent",
         "2 testers are declared for one agent, at most 1 are allowed"),
        ("advisory", "rcs-deletion-policy-is-set", "kept", unset),
    }  # fmt: skip
    assert writes(world) == []
    # What the stack sets is the setting of its provider.
    project.configure(**{"kaleyra:deletionPolicy": "prevent"})
    declare(project, kept=an_agent(serviceCode="KEPT"))
    passed = run(project, "preview")
    assert (passed.code, violations(passed)) == (0, set())
