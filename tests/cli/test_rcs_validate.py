"""`kaleyra-rcs validate`: what it prints, and how it ends."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
import yaml
from proves import proves
from rcs_program import ROOT, run
from stack_files import GOOD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rcs_program import Done


@proves("B3")
@pytest.mark.parametrize("pod", ["in", "na"])
def test_the_stack_files_of_accounts_are_clean_and_list_nothing_but_an_example(
    pod: str, tmp_path: Path, rcs: Callable[..., Done]
) -> None:
    file = ROOT / "stacks" / f"Pulumi.{pod}.yaml"
    config = yaml.safe_load(file.read_text())["config"]
    assert (config["rcs:agents"], config["rcs:testers"]) == ({}, {})
    assert rcs("validate", str(file)).err == "1 file checked: 0 errors, 0 warnings\n"
    (tmp_path / "Pulumi.a.yaml").write_text(re.sub(r"(?m)^  # (?= )", "  ", file.read_text()).replace(": {}", ":"))
    done = rcs("validate", "Pulumi.a.yaml")
    assert (done.code, len(done.lines)) == (0, 1)
    assert ": still an example's (example.com, brand 10001)." in done.lines[0]


@proves("B3")
def test_the_stack_file_of_the_simulator_holds_nothing_wrong_but_examples(rcs: Callable[..., Done]) -> None:
    done = rcs("validate", str(ROOT / "stacks" / "Pulumi.local.yaml"))
    assert done.code == 0
    assert [": still an example's (example.com, brand 10001)." in each for each in done.lines] == [True, True]


@proves("B3")
@pytest.mark.parametrize("settings", ["", "  kaleyra:pod: in\n  kaleyra:endpoint: https://rcs.acme.in\n"])
def test_the_example_is_no_finding_where_the_file_does_not_tell_of_a_real_account(
    settings: str, tmp_path: Path, rcs: Callable[..., Done]
) -> None:
    (tmp_path / "Pulumi.a.yaml").write_text(GOOD.replace("config:\n", f"config:\n{settings}"))
    assert rcs("validate", "Pulumi.a.yaml").out == ""


def test_findings_are_lines_that_editors_understand_and_code_3(tmp_path: Path, rcs: Callable[..., Done]) -> None:
    (tmp_path / "Pulumi.a.yaml").write_text("config: {kaleyra:pod: eu}")
    (tmp_path / "Pulumi.b.yaml").write_text(GOOD.replace("blue", "x").replace("CONVERSATIONAL", "FREE"))
    done = rcs("validate", "Pulumi.a.yaml", "Pulumi.b.yaml")
    assert done.code == 3
    assert done.lines[0] == "Pulumi.a.yaml:1:10: error: pod: must be in or na"
    assert done.lines[1].startswith("Pulumi.b.yaml:15:7: warning: agents.support.billing_category: ")
    assert done.err == "2 files checked: 1 error, 1 warning\n"


def test_warnings_alone_are_code_0(tmp_path: Path, rcs: Callable[..., Done]) -> None:
    (tmp_path / "Pulumi.a.yaml").write_text("config: {kaleyra:nonsense: 1}")
    assert rcs("validate", "Pulumi.a.yaml").code == 0


def test_as_json_findings_are_a_list_of_objects(tmp_path: Path, rcs: Callable[..., Done]) -> None:
    (tmp_path / "Pulumi.a.yaml").write_text("config: {kaleyra:pod: eu}")
    done = rcs("validate", "--json", "Pulumi.a.yaml")
    assert (done.code, json.loads(done.out)) == (
        3,
        [
            {
                "file": "Pulumi.a.yaml",
                "line": 1,
                "column": 10,
                "severity": "error",
                "path": "pod",
                "reason": "must be in or na",
            }
        ],
    )


def test_a_file_that_cannot_be_read_is_code_2_and_the_others_are_checked(
    tmp_path: Path, rcs: Callable[..., Done]
) -> None:
    (tmp_path / "Pulumi.a.yaml").write_text("config: {kaleyra:pod: eu}")
    (tmp_path / "Pulumi.b.yaml").write_bytes(b"config: \xff")
    done = rcs("validate", "nowhere.yaml", "Pulumi.b.yaml", ".", "Pulumi.a.yaml")
    assert (done.code, len(done.lines)) == (2, 1)
    assert done.err.splitlines() == [
        "error: nowhere.yaml cannot be read: No such file or directory",
        "error: Pulumi.b.yaml cannot be read: it is not UTF-8 text",
        "error: . cannot be read: Is a directory",
        "1 file checked: 1 error, 0 warnings",
    ]


def test_standard_input_is_a_file_without_a_name() -> None:
    done = run("validate", "-", env={}, stdin="\ufeffconfig: {kaleyra:pod: eu}")
    assert (done.code, done.out) == (3, "<stdin>:1:10: error: pod: must be in or na\n")


def test_no_value_is_part_of_a_finding(rcs: Callable[..., Done], tmp_path: Path) -> None:
    text = re.sub(r": (?!\{|\n|\[)[^,}\n]+", ": canary7", GOOD)
    (tmp_path / "Pulumi.a.yaml").write_text(text + "  kaleyra:apiKey: canary7\n  kaleyra:endpoint: canary7\n")
    done = rcs("validate", "Pulumi.a.yaml")
    assert done.code == 3
    assert "canary7" not in done.out


def test_the_hook_for_pre_commit_takes_the_stack_files_and_no_project_files() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert hook["entry"] == "kaleyra-rcs validate"
    taken = ["Pulumi.dev.yaml", "stacks/Pulumi.in.yaml", "a/b/Pulumi.x.yml"]
    left = ["Pulumi.yaml", "stacks/other.yaml", "NotPulumi.dev.yaml", "Pulumi.dev.yaml.bak"]
    assert [each for each in (*taken, *left) if re.search(hook["files"], each)] == taken
