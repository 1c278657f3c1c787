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
    from collections.abc import Callable, Mapping

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


def moves(project: Project, world: World, face: Face, renamed: Mapping[str, str] | None = None) -> None:
    """All resources are written anew, without a call; then nothing is left to do.

    Args:
        project: with its program.
        world: that it is about.
        face: that it goes to.
        renamed: new names of resources by the old ones.
    """
    turn(project, face)
    world.clear_journal()
    before = {(renamed or {}).get(name, name): each for name, each in project.kept().items()}
    if face is PLUGIN:  # the preview of the way back stands in the test of a change beside the move
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
        stack.refresh("--expect-no-changes")
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


@proves("F5", "E7", "E13", "D4")
def test_a_replacement_beside_the_move_is_refused_in_preview_and_a_change_is_the_only_call(
    project: Project, world: World
) -> None:
    option = {"args": {**LEAST, "service_code": "OPTION"}, "opts": {"replace_on_changes": ["*"]}}
    project.declare({"support": LEAST, "option": option}, PILOT)
    project.up()
    number = project.resources()["support"]["id"]
    for face, text, region in ((PLUGIN, "Answers more", "EUROPE"), (DYNAMIC, "Answers all", "NORTH_AMERICA")):
        turn(project, face)
        world.clear_journal()
        # What was refused for its option goes without it, and comes back with it.
        others = {"option": option["args"] if face is PLUGIN else option}
        project.declare({"support": {**LEAST, "hosting_region": region}, **others}, PILOT)
        refused = project.fails("preview")
        assert "cannot change in the run that moves a stack to another provider. Put the old value back" in refused.out
        # The old value is back.
        project.declare({"support": {**LEAST, "description": text}, **others}, PILOT)
        preview = project.preview()
        assert preview.ops == {"support": "update", "option": "update", "pilot": "update"}
        assert calls(world) == []
        if face is PLUGIN:
            assert preview.changed("support") == ["__provider", "description"]
            assert preview.changed("pilot") == ["__provider"]
            project.declare({"support": {**LEAST, "description": text}, "option": option}, PILOT)
            _is_refused_for_its_option(project)
            project.declare({"support": {**LEAST, "description": text}, **others}, PILOT)
        project.up()
        assert writes(world) == ["update_agent"]
        assert [entry.body["description"] for entry in puts(world, number)] == [text]
        project.declare({"support": {**LEAST, "description": text}, "option": option}, PILOT)
        project.settles()


def _is_refused_for_its_option(project: Project) -> None:
    """The option `replace_on_changes` would make the agent anew in the move."""
    for command in (["preview"], ["up", "--yes", "--skip-preview"]):
        refused = project.fails(*command)
        (line,) = [each for each in refused.said["option"] if "replace" in each]
        assert "cannot be replaced in the run that moves a stack to another provider. Leave out the option" in line


PROGRAM: Final = """
class Team(pulumi.ComponentResource):
    def __init__(self, name, **options):
        super().__init__("proof:index:Team", name, None, ResourceOptions(**options))

account = Provider("account", pod={pod!r}, sid={sid!r}, api_key={key!r}, endpoint={url!r}, deletion_policy="delete")
team = Team("team", providers=[account])
agent = RcsAgent({name!r}, **LEAST, opts=ResourceOptions(parent=team, aliases={aliases}))
RcsTester("pilot", agent_no=agent.agent_number, phoneno="919000000001", opts=ResourceOptions(parent=agent))
stays = RcsAgent("stays", **{{**LEAST, "service_code": "STAYS"}}, opts=ResourceOptions(parent=team))
RcsTester("second", agent_no=stays.agent_number, phoneno="919000000001", opts=ResourceOptions(parent=stays))

declared = json.load(open("declared.json"))["agents"]["support"]
RcsAgent("support", **declared["args"], opts=ResourceOptions(**declared.get("opts", {{}})))
secret = {{**LEAST, "service_code": "HIDDEN", "description": pulumi.Output.secret("hush hush")}}
hidden = RcsAgent("hidden", **secret)
RcsTester("third", agent_no=hidden.agent_number, phoneno=pulumi.Output.secret("919000000003"))
pulumi.export("told", hidden.description)
"""
IGNORED: Final = ("display_name", "brand_details.brand_name", "emails[0].label_text", "color")


@proves("F5", "A14", "E7", "E10", "E22")
def test_what_is_below_others_renamed_ignored_or_secret_moves_and_comes_back_as_it_was(
    project: Project, world: World
) -> None:
    account = {"pod": "in", "sid": world.sid, "key": world.api_key, "url": world.url}
    names = ["first"]

    def write() -> None:
        aliases = ", ".join(f"pulumi.Alias(name={each!r})" for each in names[:-1])
        project.program(PROGRAM.format(**account, name=names[-1], aliases=f"[{aliases}]"))

    write()
    code = {**FULL, "service_code": "FULL"}
    project.declare({"support": {**code, "display_name": "Theirs", "color": "#111111"}})
    project.up()
    mine: dict[str, Any] = {**code, "emails": [{**each, "label_text": "Mine"} for each in FULL["emails"]]}
    mine["brand_details"] = {**FULL["brand_details"], "brand_name": "Mine"}
    project.declare({"support": {"args": mine, "opts": {"ignore_changes": IGNORED}}})
    for face in (PLUGIN, DYNAMIC):
        names.append(f"of-{face}")
        write()
        moves(project, world, face, {names[-2]: names[-1]})
        found = {each["type"] for each in project.export()["resources"]}
        assert {f"pulumi:providers:{face.package}", *face.tokens} <= found
        assert f"pulumi:providers:{face.other.package}" not in found
        text = project.state_file.read_text()
        assert world.api_key not in text
        assert "hush hush" not in text
        assert '"phoneno": "919000000003"' not in text
    kept = project.resources()["support"]["inputs"]
    assert (kept["display_name"], kept["color"]) == ("Theirs", "#111111")
    assert kept["brand_details"] == FULL["brand_details"]
    assert kept["emails"] == FULL["emails"]
    project.destroy()
    assert world.agents() == []


@proves("F5", "E18")
def test_a_face_that_there_is_not_is_one_line(project: Project, world: World) -> None:
    project.configure(face="static")
    project.declare({"support": LEAST})
    run = project.fails("preview")
    assert [line for line in run.errors if "face" in line] == ["error: kaleyra:face must be dynamic or plugin"]
    assert calls(world) == []
