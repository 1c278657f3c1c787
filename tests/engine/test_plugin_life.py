"""What programs that know only the plugin's types meet first: wrong settings, and a stack that they take over.

The life of objects over the plugin is shown by the tests that run over both faces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from plugged import an_agent, declare, plugged
from proves import proves
from samples import KEY
from wire import calls

if TYPE_CHECKING:
    from collections.abc import Callable

    from project import Project

    from rcs_simulator import World


@proves("F8")
@pytest.mark.parametrize("most", [1, 6])
def test_as_many_agents_are_made_at_once_as_the_engine_is_told(
    make: Callable[..., Project], world: World, most: int
) -> None:
    project = plugged(make())
    project.configure(**{"kaleyra:requestsPerSecond": "1000"})
    declare(project, **{f"agent-{each}": an_agent(serviceCode=f"CODE{each}") for each in range(6)})
    world.set(latency=1.0)
    project.up("--parallel", str(most))
    made = world.journal("create_agent")
    assert len(made) == 6
    assert max(sum(each.started <= call.started < (each.ended or 0.0) for each in made) for call in made) == most


@proves("F6")
def test_wrong_settings_are_refused_on_the_providers_own_row_without_their_values(
    make: Callable[..., Project], world: World
) -> None:
    project = plugged(make())
    project.configure(**{"kaleyra:maxRetries": "many", "kaleyra:apikey": KEY, "kaleyra:face": "plugin"})
    declare(project, support=an_agent())
    refused = project.fails("preview")
    (row,) = [lines for name, lines in refused.said.items() if name.startswith("default")]
    assert len(row) == 2, refused.out
    assert KEY not in refused.out
    assert "many" not in refused.out
    assert calls(world) == []


@proves("F4", "F5")
def test_a_stack_of_the_other_face_moves_over_by_an_alias_without_a_call(
    make: Callable[..., Project], world: World
) -> None:
    project = make()
    project.program("RcsAgent('support', **LEAST)")
    project.up()
    plugged(project)
    alias = "pulumi-python:dynamic/rcs:RcsAgent"
    declare(project, support=an_agent({"aliases": [{"type_": alias}], "protect": True}))
    world.clear_journal()
    (step,) = [each for each in project.preview().document["steps"] if each["urn"].endswith("::support")]
    assert (step["op"], list(step["detailedDiff"])) == ("update", ["__provider"])
    project.up()
    assert calls(world) == []
    project.settles()
