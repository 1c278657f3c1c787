"""Stacks of released versions under this one, and stacks that another Python or another version wrote otherwise."""

from __future__ import annotations

import base64
import json
import pickle
from typing import TYPE_CHECKING, Any, Final

import dill
import pytest
from faces import only
from proves import proves
from recordings import recordings
from wire import calls, puts, writes

if TYPE_CHECKING:
    from collections.abc import Callable

    from project import Project
    from recordings import Recording

    from rcs_simulator import World

pytestmark = only("dynamic", "released versions had no other; test_faces.py moves what they left")

SETTLED = pytest.mark.parametrize("recording", recordings("settled"), ids=str)


@pytest.fixture
def stack(make: Callable[..., Project]) -> Project:
    """An empty stack with the settings that the recorded ones had."""
    return make()


def is_empty(project: Project, world: World) -> None:
    """A preview shows nothing, and nothing was changed at Kaleyra."""
    preview = project.pulumi("preview", "--expect-no-changes")
    assert preview.code == 0, preview.out
    assert "warning" not in preview.out
    assert writes(world) == []


@proves("D18", "P2", "E8")
@SETTLED
def test_a_stack_of_an_earlier_version_previews_empty_is_told_of_new_keys_and_lives_on(
    stack: Project, world: World, recording: Recording
) -> None:
    recording.revive(stack, world)
    is_empty(stack, world)
    assert calls(world) == []
    # It still has its old keys.
    file = stack.folder / "Pulumi.dev.yaml"
    new = file.read_text()
    file.write_text(new.replace("kaleyra:", "rcs:"))
    before = {name: each["id"] for name, each in stack.resources().items()}
    refused = stack.fails("up", "--yes", "--skip-preview")
    assert "rcs:pod is now kaleyra:pod, rcs:sid is now kaleyra:sid: rename them" in refused.errors[0]
    assert calls(world) == []
    stack.refresh()
    assert {name: each["id"] for name, each in stack.resources().items()} == before
    file.write_text(new)
    is_empty(stack, world)
    changed = recording.json("declared")
    changed["agents"]["least"]["args"]["description"] = "Answers all questions"
    stack.write("declared.json", json.dumps(changed))
    stack.up()
    number = stack.resources()["least"]["id"]
    assert writes(world) == ["update_agent"]
    assert [entry.body["description"] for entry in puts(world, number)] == ["Answers all questions"]
    stack.destroy("--exclude-protected")
    assert list(stack.resources()) == ["verified"]
    assert {each["service_code"] for each in world.agents()} == {"FULL", "VERIFIED"}


@proves("D18", "D22")
@pytest.mark.parametrize("recording", recordings("unsettled"), ids=str)
def test_what_an_earlier_version_left_to_do_is_what_this_one_does(
    stack: Project, world: World, recording: Recording
) -> None:
    recording.revive(stack, world)
    preview = stack.preview()
    assert preview.ops == recording.json("preview")
    assert calls(world) == []


def by_another_python(deployment: Any) -> None:
    """Pickles the providers anew, in the protocol that Python 3.14 takes unasked."""
    for each in deployment["resources"]:
        for props in (each.get("inputs", {}), each.get("outputs", {})):
            if "__provider" in props:
                provider = dill.loads(base64.b64decode(props["__provider"]))  # noqa: S301 - a file of this folder
                props["__provider"] = base64.b64encode(pickle.dumps(provider, protocol=5)).decode()


def by_another_version(deployment: Any) -> None:
    """Adds an output that this version does not know, and takes away some that may be missing."""
    for each in deployment["resources"]:
        if ":dynamic/" in each["type"]:
            lacking = {name: value for name, value in each["outputs"].items() if name not in OPTIONAL}
            each["outputs"] = {**lacking, "of_another_version": {"any": ["shape"]}}


OPTIONAL: Final = ("uuid", "status", "provider_agent_id", "test_status")


def by_others(deployment: Any) -> None:
    """Makes the deployment that of another Python and of another version at once."""
    by_another_python(deployment)
    by_another_version(deployment)


@proves("P2", "P3", "D18")
@SETTLED
def test_state_of_another_python_with_outputs_of_another_version_previews_empty_and_is_refreshed_and_destroyed(
    stack: Project, world: World, recording: Recording
) -> None:
    recording.revive(stack, world, by_others)
    is_empty(stack, world)
    stack.refresh()
    is_empty(stack, world)
    stack.destroy("--exclude-protected")
    assert list(stack.resources()) == ["verified"]
