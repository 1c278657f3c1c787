"""The service is down, or somebody else answers in its place: a run hears of it soon, once for each resource."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from proves import proves
from relay import Relay
from stage import agent

if TYPE_CHECKING:
    from stage import Stage

    from rcs_simulator import World

WINDOW = 0.5 + 1.5 + 2.5
"""Seconds that three repeats wait at the most."""


@proves("D30", "D11")
def test_an_outage_of_39_resources_ends_within_one_retry_window_and_prints_a_line_for_each(
    stage: Stage, world: World
) -> None:
    names = [f"agent-{index}" for index in range(39)]
    stage.declare({name: agent(name) for name in names})
    stage.configure(maxRetries=3, operationTimeout=300, workers=4)
    stage.up()
    before, moment = stage.kept(), time.monotonic()
    stage.refresh()
    usual = time.monotonic() - moment
    with Relay(world.url) as relay:
        relay.close()
        stage.env["KALEYRA_ENDPOINT"] = relay.url
        moment = time.monotonic()
        run = stage.fails("refresh", "--yes", "--skip-preview")
        seconds = time.monotonic() - moment
    # With a window of its own for each call, four workers would need ten windows one after the other.
    assert seconds < 2 * (WINDOW + usual), f"{seconds} s, {usual} s where nothing is wrong"
    assert {name: len(run.said[name]) for name in names} == dict.fromkeys(names, 1)
    assert all("refuses connections. Check the network" in run.said[name][0] for name in names)
    waited = [name for name in names if any("trying again in" in each for each in run.progress(name))]
    assert waited, "the waits are shown while they last"
    assert stage.kept() == before


@proves("D30", "E24")
def test_a_login_page_in_place_of_the_answer_is_told_at_once(stage: Stage, world: World) -> None:
    stage.declare({"agent": agent("CODE")})
    stage.up()
    world.clear_journal()
    page = "<!DOCTYPE html><html><title>Sign in</title></html>"
    world.fault("get_agent", *[{"kind": "body", "body": page, "content_type": "text/html"}] * 2)
    (line,) = stage.fails("refresh", "--yes", "--skip-preview").said["agent"]
    assert "the answer is HTML (HTTP 200): a proxy, a login page or a wrong kaleyra:endpoint may have given it" in line
    assert len(world.journal("get_agent")) == 1
