"""A stack goes from one face to the other and back: nothing is written at Kaleyra, and nothing is left to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from faces import DYNAMIC, PLUGIN, only
from proves import proves
from recordings import recordings
from samples import FULL, LEAST
from wire import calls, puts, writes

if TYPE_CHECKING:
    from collections.abc import Callable

    from faces import Face
    from project import Project
    from recordings import Recording

    from rcs_simulator import World

pytestmark = only("dynamic", "it goes to the other face and back by itself")

PILOT: Final = {"pilot": {"agent": "support", "phoneno": "919000000001"}}


@pytest.fixture
def stack(make: Callable[..., Project]) -> Project:
    """An empty stack with the settings that the recorded ones had."""
    return make()


def turn(project: Project, face: Face) -> None:
    """Gives a stack to a face, as a user does."""
    project.face = PLUGIN  # it stays in Pulumi.yaml, as what it stored is still its own
    project.write_project()
    project.face = face
    project.configure(face=face.name)


def moves(project: Project, world: World, face: Face) -> None:
    """All resources are written anew, without a call; then nothing is left to do."""
    turn(project, face)
    world.clear_journal()
    before = project.kept()
    preview = project.preview()
    assert set(preview.ops.values()) == {"update"}, preview.diagnostics
    project.up()
    assert calls(world) == []
    assert {each["type"] for each in project.resources().values()} <= set(face.tokens)
    assert _differing(_shown(before), _shown(project.kept())) == []
    after = project.pulumi("preview", "--expect-no-changes")
    assert after.code == 0, after.out
    assert "warning" not in after.out
    assert writes(world) == []


MARK: Final = "4dabf18193072939515e22adb298388d"
"""The engine's mark of a secret; what it encrypts looks otherwise each time."""


def _shown(kept: Any) -> Any:
    """What state keeps, without what is encrypted, and without hidden keys: 0.1.0 wrote them at greater length."""
    if isinstance(kept, dict):
        plain = {name: _shown(each) for name, each in kept.items() if not name.startswith("__")}
        return "a secret" if MARK in kept else plain
    return tuple(map(_shown, kept)) if isinstance(kept, tuple) else kept


def _differing(before: Any, after: Any, path: str = "") -> list[str]:
    """The paths at which two values differ."""
    if isinstance(before, dict) and isinstance(after, dict):
        names = sorted({*before, *after})
        return [each for name in names for each in _differing(before.get(name), after.get(name), f"{path}.{name}")]
    if isinstance(before, tuple) and isinstance(after, tuple):
        return [each for one, other in zip(before, after, strict=True) for each in _differing(one, other, path)]
    return [] if before == after else [f"{path}: {before} is {after}"]


@proves("F5", "D18")
@pytest.mark.parametrize("recording", recordings("settled"), ids=str)
def test_every_recorded_stack_moves_to_the_plugin_and_back_without_a_call(
    stack: Project, world: World, recording: Recording
) -> None:
    recording.revive(stack, world)
    for face in (PLUGIN, DYNAMIC):
        moves(stack, world, face)
        # It reads everything first, as a refresh does.
        assert stack.pulumi("preview", "--refresh", "--expect-no-changes").code == 0
    stack.destroy("--exclude-protected")
    assert list(stack.resources()) == ["verified"]


@proves("F5", "D18", "D22")
@pytest.mark.parametrize("recording", recordings("unsettled"), ids=str)
def test_what_a_recorded_stack_has_left_to_do_is_the_same_over_the_plugin(
    stack: Project, world: World, recording: Recording
) -> None:
    recording.revive(stack, world)
    turn(stack, PLUGIN)
    preview = stack.preview()
    assert preview.ops == recording.json("preview")
    assert "description" in preview.changed("drifted")
    assert calls(world) == []


@proves("F5", "E13", "D4")
def test_a_replacement_beside_the_move_is_refused_in_preview_and_a_change_is_the_only_call(
    project: Project, world: World
) -> None:
    project.declare({"support": LEAST}, PILOT)
    project.up()
    number = project.resources()["support"]["id"]
    for face, text, region in ((PLUGIN, "Answers more", "EUROPE"), (DYNAMIC, "Answers all", "NORTH_AMERICA")):
        turn(project, face)
        world.clear_journal()
        project.declare({"support": {**LEAST, "hosting_region": region}}, PILOT)
        refused = project.fails("preview")
        assert "cannot change in the run that moves a stack to another provider. Put the old value back" in refused.out
        # The old value is back.
        project.declare({"support": {**LEAST, "description": text}}, PILOT)
        preview = project.preview()
        assert preview.ops == {"support": "update", "pilot": "update"}
        if face is PLUGIN:
            assert preview.changed("support") == ["__provider", "description"]
            assert preview.changed("pilot") == ["__provider"]
        project.up()
        assert writes(world) == ["update_agent"]
        assert [entry.body["description"] for entry in puts(world, number)] == [text]
        project.settles()


@proves("F5", "E7")
def test_the_option_replace_on_changes_makes_nothing_anew_in_the_move(project: Project, world: World) -> None:
    declared: dict[str, Any] = {"args": LEAST, "opts": {"replace_on_changes": ["*"]}}
    project.declare({"support": declared})
    project.up()
    world.clear_journal()
    turn(project, PLUGIN)
    for command in (["preview"], ["up", "--yes", "--skip-preview"]):
        refused = project.fails(*command)
        (line,) = [each for each in refused.said["support"] if "replace" in each]
        assert "cannot be replaced in the run that moves a stack to another provider. Leave out the option" in line
    assert calls(world) == []
    # The way out that the line names, and the way back.
    project.declare({"support": LEAST})
    project.up()
    project.declare({"support": declared})
    project.settles()
    turn(project, DYNAMIC)
    project.up()
    project.settles()
    assert writes(world) == []


PARENTS: Final = """
class Team(pulumi.ComponentResource):
    def __init__(self, name, **options):
        super().__init__("proof:index:Team", name, None, ResourceOptions(**options))

account = Provider("account", pod={pod!r}, sid={sid!r}, api_key={key!r}, endpoint={url!r}, deletion_policy="delete")
team = Team("team", providers=[account])
agent = RcsAgent({name!r}, **LEAST, opts=ResourceOptions(parent=team, aliases={aliases}))
RcsTester("pilot", agent_no=agent.agent_number, phoneno="919000000001", opts=ResourceOptions(parent=agent))
stays = RcsAgent("stays", **{{**LEAST, "service_code": "STAYS"}}, opts=ResourceOptions(parent=team))
RcsTester("second", agent_no=stays.agent_number, phoneno="919000000001", opts=ResourceOptions(parent=stays))
"""


@proves("F5", "A14")
def test_resources_below_others_move_with_an_explicit_provider_renamed_or_not(project: Project, world: World) -> None:
    account = {"pod": "in", "sid": world.sid, "key": world.api_key, "url": world.url}
    names = ["first"]

    def declare() -> None:
        aliases = ", ".join(f"pulumi.Alias(name={each!r})" for each in names[:-1])
        project.program(PARENTS.format(**account, name=names[-1], aliases=f"[{aliases}]"))

    declare()
    project.up()
    for face in (PLUGIN, DYNAMIC):
        turn(project, face)
        world.clear_journal()
        names.append(f"of-{face}")
        declare()
        assert set(project.preview().ops.values()) == {"update"}
        project.up()
        assert calls(world) == []
        assert project.pulumi("preview", "--expect-no-changes").code == 0
        found = {each["type"] for each in project.export()["resources"]}
        assert {f"pulumi:providers:{face.package}", *face.tokens} <= found
        assert f"pulumi:providers:{face.other.package}" not in found
        assert world.api_key not in project.state_file.read_text()
    project.destroy()
    assert world.agents() == []


IGNORED: Final = ("display_name", "brand_details.brand_name", "emails[0].label_text", "color")


@proves("F5", "E7", "E10", "E22")
def test_what_a_program_ignores_keeps_its_stored_value_in_the_move_and_what_is_secret_stays_secret(
    project: Project, world: World
) -> None:
    project.program(HIDDEN)
    stored = {**FULL, "display_name": "Theirs", "color": "#111111"}
    project.declare({"support": stored})
    project.up()
    mine: dict[str, Any] = {**FULL, "emails": [{**each, "label_text": "Mine"} for each in FULL["emails"]]}
    mine["brand_details"] = {**FULL["brand_details"], "brand_name": "Mine"}
    project.declare({"support": {"args": mine, "opts": {"ignore_changes": IGNORED}}})
    assert project.preview().ops == {}
    for face in (PLUGIN, DYNAMIC):
        moves(project, world, face)
        text = project.state_file.read_text()
        assert "hush hush" not in text
        assert '"phoneno": "919000000001"' not in text
    kept = project.resources()["support"]["inputs"]
    assert (kept["display_name"], kept["color"]) == ("Theirs", "#111111")
    assert kept["brand_details"] == FULL["brand_details"]
    assert kept["emails"] == FULL["emails"]


HIDDEN: Final = """
declared = json.load(open("declared.json"))["agents"]["support"]
RcsAgent("support", **declared["args"], opts=ResourceOptions(**declared.get("opts", {})))
phone = pulumi.Output.secret("919000000001")
hidden = {**LEAST, "service_code": "HIDDEN", "description": pulumi.Output.secret("hush hush")}
agent = RcsAgent("hidden", **hidden)
RcsTester("pilot", agent_no=agent.agent_number, phoneno=phone)
pulumi.export("told", agent.description)
"""


@proves("F5", "E18")
def test_a_face_that_there_is_not_is_one_line(project: Project, world: World) -> None:
    project.configure(face="static")
    project.declare({"support": LEAST})
    run = project.fails("preview")
    assert [line for line in run.errors if "face" in line] == ["error: kaleyra:face must be dynamic or plugin"]
    assert calls(world) == []
