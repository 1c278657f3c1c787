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
from release.plugin import archive_name

from rcs_provider._version import __version__, semantic

if TYPE_CHECKING:
    from pathlib import Path

FOLDER: Final = ROOT / "examples" / "ci"
GITHUB: Final = sorted((FOLDER / "github").glob("*.yml"))
GITLAB: Final = FOLDER / "gitlab" / ".gitlab-ci.yml"
RECIPES: Final = [*GITHUB, GITLAB]
PAGE: Final = ROOT / "docs" / "ci.md"
INSTALLED: Final = ["python -m venv .venv", ".venv/bin/pip install --requirement requirements.txt", "pulumi install"]
"""What comes before the first command of a program in another language."""
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
def test_the_page_of_a_preview_is_an_artifact_that_the_comment_links_to() -> None:
    (job,) = jobs(FOLDER / "github" / "rcs-preview.yml")
    names = [each.get("uses", each.get("run", "")).partition("@")[0] for each in job["steps"]]
    upload, comment = names.index("actions/upload-artifact"), names.index("marocchino/sticky-pull-request-comment")
    assert "preview-${{ matrix.stack }}.html" in job["steps"][upload]["with"]["path"]
    assert "artifact-url" in str(job["steps"][upload + 1]["env"])
    assert upload + 1 < comment
    assert "*-$STACK.html" in read(GITLAB)[".rcs"]["artifacts"]["paths"]
    assert "$CI_JOB_URL/artifacts/file/preview-$STACK.html" in str(read(GITLAB)["rcs-preview"]["after_script"])


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


def test_the_page_lists_what_the_file_for_programs_can_say() -> None:
    _, _, section = PAGE.read_text().partition("### Drift for programs\n")
    script = (FOLDER / "scripts" / "differences.py").read_text()
    possible = set(re.findall(r'"is": "(\w+)"', script)) | {"gone", "new"}
    assert '"is": "gone" if urn in stored else "new"' in script
    assert set(re.findall(r"^\| `(\w+)` \|", section.partition("\n## ")[0], re.MULTILINE)) == {"is"} | possible
    assert re.search(r'^ +"id": "\d+",\n +"is": "changed",\n +"fields": ', section, re.MULTILINE)


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_the_recipes_pin_the_engine_of_this_repository(recipe: Path) -> None:
    pinned = re.search(r"^pulumi==(\S+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    assert pinned
    named = re.findall(r"pulumi-version: (\S+)|pulumi-python:(\S+)", recipe.read_text())
    assert [either for pair in named for either in pair if either] == [pinned[1]]


def shown(system: str) -> Any:
    """What the page has a recipe of a system do for a program in another language."""
    block = re.search(rf"<!-- fragment: {system} -->\n```yaml\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert block
    return yaml.safe_load(block[1])


@proves("E12", "F3")
@pytest.mark.parametrize("recipe", GITHUB, ids=lambda recipe: recipe.name)
def test_with_the_steps_for_another_language_a_workflow_is_valid_and_installs_the_plugin(
    recipe: Path, tmp_path: Path
) -> None:
    document = read(recipe)
    (job,) = document["jobs"].values()
    place = job["steps"].index({"run": "pulumi install"})
    job["steps"][place:place] = shown("github")
    changed = tmp_path / recipe.name
    changed.write_text(yaml.safe_dump(document))
    validated("vendor.github-workflows", changed)
    assert [each["run"] for each in job["steps"] if "run" in each][:3] == INSTALLED
    assert "actions/setup-python" in str(job["steps"][:place])


@proves("E12", "F3")
def test_with_the_lines_for_another_language_a_pipeline_is_valid_and_installs_the_plugin(tmp_path: Path) -> None:
    document = read(GITLAB)
    document[".rcs"].update(shown("gitlab")[".rcs"])
    changed = tmp_path / ".gitlab-ci.yml"
    changed.write_text(yaml.safe_dump(document))
    validated("vendor.gitlab-ci", "--data-transform", "gitlab-ci", changed)
    assert [each.replace("python3", "python") for each in document[".rcs"]["before_script"]] == INSTALLED
    assert document[".rcs"]["image"]["name"].endswith(f":{read(GITLAB)['.rcs']['image']['name'].partition(':')[2]}")


def test_the_archive_on_the_page_has_the_name_of_a_releases() -> None:
    assert archive_name(semantic(__version__), "linux-amd64") in PAGE.read_text()
