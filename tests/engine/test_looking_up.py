"""Look-ups in programs: what is there at Kaleyra, without managing it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

import pytest
from proves import proves
from samples import KEY
from wire import answered, calls, writes

if TYPE_CHECKING:
    from project import Project, Run

    from rcs_simulator import Simulator, World


PROGRAM: Final = """
import os
import rcs_provider as rcs
from pulumi import ComponentResource, InvokeOptions, InvokeOutputOptions, Output

class Group(ComponentResource):
    def __init__(self, name):
        super().__init__("proof:Group", name)
        self.agent = RcsAgent(f"{name}-agent", **LEAST, opts=ResourceOptions(parent=self))

east = Provider("east", pod="na", sid=os.environ["NA_SID"], endpoint=os.environ["NA_URL"], max_retries=0,
                api_key=Output.secret(os.environ["NA_KEY"]))
number = os.environ["NUMBER"]

seen = rcs.get_agent(number)
handset = RcsTester("handset", agent_no=seen.agent_number, phoneno="919000000002")
group = Group("group")
made = rcs.get_agent_output(agent_number=group.agent.agent_number)

for name, value in {
    "seen": seen,
    "codes": [each.service_code for each in rcs.get_agents().agents],
    "phones": [each.phoneno for _ in range(10) for each in rcs.get_testers(number).testers],
    "brands": rcs.get_brands().brands,
    "colors": rcs.get_masters("color").lists,
    "made": made.service_code,
    "handsets": rcs.get_testers_output(handset.agent_no).apply(lambda found: len(found.testers)),
    "after": rcs.get_agents_output(opts=InvokeOutputOptions(depends_on=group)).apply(lambda all_: len(all_.agents)),
    "east": rcs.get_agents_output(opts=InvokeOptions(provider=east)).agents[0].service_code,
    "hidden": rcs.get_agent_output(Output.secret(number)).status,
}.items():
    pulumi.export(name, value)
"""
LATER: Final = ("made", "handsets", "after")
"""What only the deployment can know."""


def _without_key(run: Run) -> Run:
    assert run.code == 0, run.out
    assert KEY not in run.out
    return run


@proves("B15", "A14", "A16", "E9")
def test_look_ups_feed_resources_and_outputs_and_only_read(
    project: Project, simulator: Simulator, world: World
) -> None:
    na = simulator.world("na")
    number = world.seed_agent(service_code="SEEDED")
    world.seed_tester(number, "919000000001")
    na.seed_agent(service_code="EAST")
    for one in (world, na):
        one.set_accounts({one.sid: [f"{KEY}-{one.sid}"]})
    project.env |= {"NUMBER": number, "NA_SID": na.sid, "NA_URL": na.url, "NA_KEY": f"{KEY}-{na.sid}"}
    project.env["KALEYRA_API_KEY"] = f"{KEY}-{world.sid}"
    project.program(PROGRAM)

    preview = _without_key(project.pulumi("preview"))
    # What depends on what is still to be made is unknown, and nobody was asked for it.
    assert set(re.findall(r"(\w+) *: \[unknown\]", preview.out)) == set(LATER)
    assert calls(world) == ["get_agent", "list_agents", "list_testers", "list_brands", "list_masters"]
    assert calls(na) == ["list_agents"]

    world.clear_journal()
    _without_key(project.pulumi("up", "--yes", "--skip-preview"))
    found = project.outputs()
    seen, hidden = found.pop("seen"), found.pop("hidden")
    live = answered(world, number)
    assert (seen["agent_number"], seen["uuid"], seen["privacy"]) == (number, live["id"], live["privacy"])
    assert (seen["integration_status"], seen["rcs_provider_id"], seen["phones"]) == (False, "1", live["phones"])
    assert found == {
        "codes": ["SEEDED"],
        "phones": ["919000000001"] * 10,
        "brands": [{"brand_number": "8032", "brand_name": "Brand 8032"}],
        "colors": {"color": ["#494e0d", "#8a1e1e"]},
        "made": "SUPPORT",
        "handsets": 2,
        "after": 2,
        "east": "EAST",
    }
    assert "ciphertext" in hidden, "a look-up of a secret is one"
    assert [each["phoneno"] for each in world.testers(number)] == ["919000000001", "919000000002"]
    assert sorted(writes(world)) == ["create_agent", "register_tester"]
    assert KEY not in json.dumps(project.export())


ENDED: Final = "error: an unhandled error occurred: program exited with non-zero exit code: 1"
"""What the engine adds to whatever ends a program."""


@proves("B15", "D1")
@pytest.mark.parametrize("later", ["", "_output"], ids=["at once", "output"])
def test_what_cannot_be_looked_up_ends_the_run_in_one_line(
    project: Project, simulator: Simulator, world: World, later: str
) -> None:
    def line() -> str:
        failed = project.fails("preview")
        said = failed.said["stack"]
        assert said[1:] == [ENDED], failed.out
        return said[0]

    project.configure(maxRetries=0)
    project.program(
        f"""
from rcs_provider import get_agent{later}, get_testers{later}
found = get_agent{later}("98")
more = [get_agent{later}("99"), get_testers{later}("99")]
RcsAgent("fed", **{{**LEAST, "description": found.status}})
pulumi.export("found", found)
"""
    )
    assert re.fullmatch(rf"error: there is no agent 9[89] in account {world.sid}", line())
    project.env["KALEYRA_API_KEY"] = None
    world.clear_journal()
    assert re.fullmatch(
        r"error: could not look up .*agent 9[89]: kaleyra:apiKey is not set\. "
        r"Run `pulumi config set --secret kaleyra:apiKey`, or set KALEYRA_API_KEY\. "
        r"Look-ups read in a preview, too; resources need no key there\.",
        line(),
    )
    assert calls(world) == []
    project.env["KALEYRA_API_KEY"] = world.api_key
    simulator.stop()
    assert re.fullmatch(
        r"error: could not look up .*agent 9[89]: 127\.0\.0\.1:\d+ refuses connections\. Check the network, .*", line()
    )
