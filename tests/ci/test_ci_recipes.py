"""The recipes' YAML: by the published schemas, and by what it has to agree with in this repository."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml
from project import ROOT
from proves import proves

if TYPE_CHECKING:
    from pathlib import Path

FOLDER: Final = ROOT / "examples" / "ci"
GITHUB: Final = sorted((FOLDER / "github").glob("*.yml"))
GITLAB: Final = FOLDER / "gitlab" / ".gitlab-ci.yml"
RECIPES: Final = [*GITHUB, GITLAB]
SCRIPTS: Final = {"preview", "up", "drift"}


def validated(schema: str, *arguments: str | Path) -> None:
    """Holds files to a schema that the package of the tool brings."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def read(recipe: Path) -> dict[str, Any]:
    """A recipe as data; its `on` is a text, which YAML 1.1 takes for a truth value."""
    text = re.sub(r"^on:", '"on":', recipe.read_text(), flags=re.MULTILINE)
    document: dict[str, Any] = yaml.safe_load(text)
    return document


def jobs(recipe: Path) -> list[dict[str, Any]]:
    """The jobs of a workflow."""
    return list(read(recipe)["jobs"].values())


@proves("E12")
@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_a_recipe_is_valid_by_its_published_schema(recipe: Path) -> None:
    if recipe == GITLAB:
        validated("vendor.gitlab-ci", "--data-transform", "gitlab-ci", recipe)
        return
    validated("vendor.github-workflows", recipe)
    validated("custom.github-workflows-require-timeout", recipe)


@proves("E12")
def test_both_systems_run_each_script_that_there_is_on_every_stack_of_this_project() -> None:
    assert {each.stem for each in (FOLDER / "scripts").glob("*.sh")} == SCRIPTS | {"report"}
    run = {recipe: set(re.findall(r"\bci/(\w+)\.sh ", recipe.read_text())) for recipe in RECIPES}
    assert run[GITLAB] == SCRIPTS
    assert set[str]().union(*(run[recipe] for recipe in GITHUB)) == SCRIPTS
    stacks = {each.name.split(".")[1] for each in (ROOT / "stacks").glob("Pulumi.*.yaml")} - {"local"}
    for recipe in GITHUB:
        (matrix,) = (job["strategy"]["matrix"] for job in jobs(recipe))
        assert set(matrix.get("stack") or [each["stack"] for each in matrix["include"]]) == stacks
    assert read(GITLAB)[".rcs"]["parallel"]["matrix"] == [{"STACK": sorted(stacks)}]


@proves("E12")
def test_a_preview_gets_no_key_of_an_account_and_no_fork_gets_anything() -> None:
    recipe = FOLDER / "github" / "rcs-preview.yml"
    (job,) = jobs(recipe)
    assert list(read(recipe)["on"]) == ["pull_request"]
    assert job["if"] == "github.event.pull_request.head.repo.full_name == github.repository"
    assert "KALEYRA" not in str(job)
    assert "environment" not in read(GITLAB)["rcs-preview"]  # which is what the key is bound to


@proves("E12")
def test_runs_on_one_stack_wait_for_each_other_and_are_never_cut_off() -> None:
    groups = set[str]()
    for name in ("up", "drift"):
        (job,) = jobs(FOLDER / "github" / f"rcs-{name}.yml")
        assert job["concurrency"]["cancel-in-progress"] is False
        assert job["strategy"]["fail-fast"] is False
        groups.add(job["concurrency"]["group"])
        groups.add(read(GITLAB)[f"rcs-{name}"]["resource_group"])
    assert groups == {"rcs-${{ matrix.stack }}", "rcs-$STACK"}


@proves("E12")
def test_what_has_to_be_set_up_is_in_the_documentation() -> None:
    told = (ROOT / "docs" / "ci.md").read_text()
    for recipe in GITHUB:
        named = re.findall(r"secrets\.(\w+)", recipe.read_text()) + re.findall(r"key: (\w+)", recipe.read_text())
        assert named
        assert [name for name in named if f"`{name}`" not in told] == []
    assert [
        name for name in ("COMMENT_TOKEN", "KALEYRA_API_KEY", "PULUMI_ACCESS_TOKEN") if f"`{name}`" not in told
    ] == []


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_the_recipes_pin_the_engine_of_this_repository(recipe: Path) -> None:
    pinned = re.search(r"^pulumi==(\S+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    assert pinned
    named = re.findall(r"pulumi-version: (\S+)|pulumi-python:(\S+)", recipe.read_text())
    assert [either for pair in named for either in pair if either] == [pinned[1]]
