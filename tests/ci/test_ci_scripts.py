"""The scripts of the CI recipes, with the real engine against the simulator."""

from __future__ import annotations

import json
import os
import re
import sys
from typing import TYPE_CHECKING

import pytest
from browser import chromium
from faces import DYNAMIC, PLUGIN
from plugged import an_agent, declare, plugged
from proves import proves
from samples import LEAST, PHONE
from wire import calls, writes

if TYPE_CHECKING:
    from conftest import Job
    from faces import Face

    from rcs_simulator import Simulator, World

GITHUB_LIMIT = 65536
NEXT_PHONE = "919000000002"


@proves("E12", "E13")
def test_a_preview_names_what_changes_and_how_and_needs_no_key(job: Job, world: World) -> None:
    stays, changes, moves = LEAST, {**LEAST, "service_code": "B"}, {**LEAST, "service_code": "C"}
    job.declare({"stays": stays, "changes": changes, "moves": moves})
    job.up()
    world.clear_journal()
    comes = {"comes": {**LEAST, "service_code": "D"}}
    job.declare(
        {"changes": {**changes, "description": "Other"}, "moves": {**moves, "hosting_region": "EUROPE"}} | comes
    )
    job.env["KALEYRA_API_KEY"] = None
    told = job.script("preview")
    assert (told.code, calls(world)) == (0, [])
    heading, _, counts, *_ = told.report.splitlines()
    assert heading == "### Preview of dev"
    assert set(counts.split(", ")) >= {"+ 1 to create", "~ 1 to update", "- 1 to delete", "+-1 to replace"}
    body = told.report.split("```diff\n")[1]
    assert re.search(r'^! +description: "Answers questions" => "Other"$', body, re.MULTILINE)
    assert re.search(r'^! +hosting_region: "ASIA_PACIFIC" => "EUROPE"', body, re.MULTILINE)
    for operation, mark in (("create", r"\+"), ("update", "!"), ("delete", "-"), ("replace", r"\+")):
        assert re.search(rf"^{mark}.*dynamic/rcs:RcsAgent: \({operation}\)", body, re.MULTILINE), operation
    assert body.endswith("\n```\n\n</details>\n")
    assert "description" in told.log


@proves("E12", "F3")
def test_the_scripts_run_a_program_of_the_plugin_of_the_jobs_environment_and_draw_agents_where_there_is_a_browser(
    job: Job, world: World
) -> None:
    plugged(job)
    (job.folder / ".venv").symlink_to(sys.prefix)
    about = (job.folder / "Pulumi.yaml").read_text()
    job.write("Pulumi.yaml", about.replace(f"{sys.prefix}/bin", ".venv/bin"))
    declare(job, support=an_agent())
    (job.folder / "bin").mkdir()
    (job.folder / "bin" / "chromium").symlink_to(chromium())
    job.env["PATH"] = os.pathsep.join([str(job.folder / "bin"), job.environment()["PATH"]])
    key, job.env["KALEYRA_API_KEY"] = world.api_key, None
    told = job.script("preview", pictures=True)
    assert (told.code, calls(world)) == (0, [])
    assert "kaleyra:rcs:Agent: (create)" in told.report
    assert ">Answers questions</bdi>" in (job.folder / "preview-dev.html").read_text()
    assert [each.name for each in (job.folder / "preview-dev").iterdir()] == ["support.png"]
    job.env["KALEYRA_API_KEY"] = key
    assert job.script("up").code == 0
    assert writes(world) == ["create_agent"]
    assert job.script("drift").code == 0


@proves("E12", "E18")
def test_a_preview_that_fails_fails_its_job_and_the_comment_says_why_and_no_value_leaves_the_folded_block(
    job: Job,
) -> None:
    job.program(
        """
RcsAgent("agent", **{**LEAST, "description": "x" * 160, "color": "blue"})
pulumi.log.warn("one line\\n```\\n</details>\\n# Approved")
"""
    )
    told = job.script("preview")
    assert told.code == 1
    assert told.report.startswith("### Preview of dev failed\n")
    assert "description: is 160 characters long, at most 100 are allowed" in told.report
    assert "color: must be # and six hexadecimal digits" in told.report
    assert "\n```\n</details>\n" in told.report
    opened = re.search(r"^(`+)diff$", told.report, re.MULTILINE)
    assert opened
    assert len(opened[1]) > 3
    assert told.report.count(opened[1]) == 2
    assert told.report.endswith(f"\n{opened[1]}\n\n</details>\n")


@proves("E10")
def test_no_key_and_no_secret_number_is_in_a_report_or_a_log_and_the_id_of_a_tester_shows_its_end_alone(
    job: Job, world: World
) -> None:
    job.env["KALEYRA_API_KEY"] = None
    assert job.pulumi("config", "set", "--secret", "kaleyra:apiKey", world.api_key).code == 0
    job.configure(debug="true")
    agent = "agent = RcsAgent('agent', **LEAST)\n"
    tester = "RcsTester({!r}, agent_no=agent.agent_number, phoneno=pulumi.Output.secret({!r}){})\n"
    job.program(agent + tester.format("pilot", PHONE, ""))
    made = job.script("up")
    job.program(agent + tester.format("pilot", PHONE, ", resend='1'") + tester.format("next", NEXT_PHONE, ""))
    changed, drifted = job.script("preview"), job.script("drift")
    job.program(agent)
    removed = job.script("up")
    assert [each.code for each in (made, changed, drifted, removed)] == [0, 0, 2, 0]
    for told in (made, changed, drifted):
        assert "[secret]" in told.report
    for told in (changed, drifted):
        assert re.search(r"\[id=\d+/\*\*\*01\]$", told.report, re.MULTILINE)
    for told in (made, changed, drifted, removed):
        for hidden in (world.api_key, PHONE, NEXT_PHONE):
            assert hidden not in told.report
            assert hidden not in told.log


@proves("E12")
def test_a_long_report_fits_into_a_comment_and_a_page_that_cannot_be_made_fails_no_job(job: Job) -> None:
    (job.folder / ".venv" / "bin").mkdir(parents=True)
    command = job.folder / ".venv" / "bin" / "kaleyra-rcs"
    command.write_text("#!/bin/sh\necho 'error: no page' >&2\nexit 2\n")
    command.chmod(0o755)
    job.declare({f"agent-{n}": {**LEAST, "service_code": f"CODE{n}", "description": "ü" * 99} for n in range(60)})
    told = job.script("preview")
    assert (told.code, told.log.splitlines()[-1]) == (0, "error: no page")
    assert "no page" not in told.report
    assert len(told.log) > GITHUB_LIMIT
    assert GITHUB_LIMIT * 0.8 < len(told.report) < GITHUB_LIMIT
    assert "+ 61 to create" in told.report.splitlines()[2]
    assert told.report.endswith("... cut here: all of it is in the log of the job\n```\n\n</details>\n")


DECLARED = f"""
same = RcsAgent("same", **LEAST)
changed = RcsAgent("changed", **{{**LEAST, "service_code": "B", "description": pulumi.Output.secret("Private")}})
gone = RcsAgent("gone", **{{**LEAST, "service_code": "C"}})
moved = RcsAgent("moved", **{{**LEAST, "service_code": "D"}})
RcsTester("pilot", agent_no=gone.agent_number, phoneno={PHONE!r})
"""
NEW = 'new = RcsAgent("new", **{**LEAST, "service_code": "E"})\n'


@proves("E12")
def test_drift_is_told_to_people_and_programs_from_no_drift_and_from_an_outage_and_changes_nothing(
    job: Job, world: World, simulator: Simulator
) -> None:
    job.program(DECLARED)
    job.up()
    ids = {name: each["id"] for name, each in job.resources().items()}
    file = job.folder / f"drift-{job.stack}.json"
    file.write_text("of an earlier run")
    world.patch_agent(ids["same"], status="LAUNCHED")  # what people at Kaleyra decide is no drift
    none = job.script("drift")
    assert (none.code, none.report.splitlines()[0], file.exists()) == (0, "### No drift in dev", False)
    before = job.kept()
    _drift(world, ids)
    world.clear_journal()
    job.program(DECLARED + NEW)
    found = job.script("drift")
    assert (found.code, found.report.splitlines()[0]) == (2, "### Drift in dev")
    assert re.search(rf'^! +color *: "#8a1e1e" => "{LEAST["color"]}"$', found.report, re.MULTILINE)
    _check_for_programs(file.read_text(), DYNAMIC, ids, gone="gone")
    assert (job.kept(), writes(world)) == (before, [])
    simulator.stop()
    job.configure(maxRetries="0")
    away = job.script("drift")
    assert (away.code, away.report.splitlines()[0]) == (1, "### Drift in dev could not be looked for")
    assert not file.exists()
    assert job.kept() == before


@proves("E12")
def test_drift_that_a_refresh_has_put_into_the_state_is_written_for_programs_all_the_same(
    job: Job, world: World
) -> None:
    job.face = PLUGIN
    job.write_project()
    job.configure()
    job.program(DECLARED)
    job.up()
    ids = {name: each["id"] for name, each in job.resources().items()}
    _drift(world, ids)
    job.refresh()
    job.program(DECLARED + NEW)
    assert job.script("drift").code == 2
    _check_for_programs((job.folder / f"drift-{job.stack}.json").read_text(), PLUGIN, ids, gone="new")


def _drift(world: World, ids: dict[str, str]) -> None:
    world.patch_agent(ids["changed"], description="Changed", color="#8a1e1e")
    world.patch_agent(ids["moved"], hosting_region="EUROPE")
    world.patch_agent(ids["gone"], status="DELETED")


def _check_for_programs(text: str, served: Face, ids: dict[str, str], *, gone: str) -> None:
    """The file has each resource, its fields and both values."""
    found = {each["urn"].split("::")[-1]: each for each in json.loads(text)}
    assert {name: each["is"] for name, each in found.items()} == {
        "changed": "changed", "moved": "changed", "gone": gone, "new": "new", "pilot": "changed",
    }  # fmt: skip
    assert found["changed"]["id"] == ids["changed"]
    assert found["changed"]["fields"] == {
        "description": {"kaleyra": "[secret]", "declared": "[secret]"},
        "color": {"kaleyra": "#8a1e1e", "declared": LEAST["color"]},
    }
    assert found["moved"]["fields"] == {
        served.field("hosting_region"): {"kaleyra": "EUROPE", "declared": LEAST["hosting_region"]}
    }
    assert found["pilot"]["id"] == f"{ids['gone']}/***{PHONE[-2:]}"
    assert found["pilot"]["fields"] == {served.field("agent_no"): {"kaleyra": ids["gone"], "declared": None}}
    assert PHONE not in text


@proves("E12")
def test_up_settles_and_after_a_failure_the_next_run_does_what_is_missing(job: Job, world: World) -> None:
    job.declare({"first": LEAST, "second": {**LEAST, "service_code": "B"}})
    world.fault("create_agent", 400, service_code="B")
    failed = job.script("up")
    assert failed.code != 0
    assert failed.report.startswith("### Update of dev failed\n")
    assert "error: " in failed.report
    done = job.script("up")
    assert (done.code, done.report.splitlines()[0]) == (0, "### Update of dev")
    assert "created" in done.report.splitlines()[2]
    assert sorted(each["service_code"] for each in world.agents(deleted=True)) == ["B", "SUPPORT"]
    assert "3 unchanged" in done.log.splitlines()[-2]
    again = job.script("up")
    assert (again.code, again.report.splitlines()[2]) == (0, "3 unchanged")


@proves("E12")
def test_a_saved_plan_is_carried_out_and_refused_where_the_program_went_on(job: Job, world: World) -> None:
    job.declare({"agent": LEAST})
    planned = job.pulumi("preview", "--save-plan", "plan.json")
    assert planned.code == 0, planned.out
    job.declare({"agent": {**LEAST, "description": "Never reviewed"}})
    refused = job.fails("up", "--yes", "--skip-preview", "--plan", "plan.json")
    assert "description" in refused.out
    assert world.agents() == []
    job.declare({"agent": LEAST})
    job.up("--plan", "plan.json")
    assert [each["description"] for each in world.agents()] == [LEAST["description"]]


@pytest.mark.parametrize("name", ["preview", "up", "drift"])
def test_a_script_without_a_stack_asks_which(job: Job, name: str) -> None:
    job.stack = ""
    told = job.script(name)
    assert told.code != 0
    assert told.log.rstrip().endswith("which stack?")
