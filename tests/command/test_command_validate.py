"""`rcs validate`: every kind of mistake in a stack file, at its line and column, as the preview words it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from rcs_program import ROOT, environment, run

from rcs_provider.command.findings import findings
from rcs_provider.command.stack_file import Place, dotted, parse
from rcs_provider.fields import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rcs_program import Done

AGENT = """\
      agent_type: "1"
      display_name: Support
      logo_url: https://www.example.com/logo.png
      hero_url: https://www.example.com/hero.png
      service_code: SUPPORT
      description: Answers to questions
      emails:
        - {label_text: Write, is_primary: true, email: support@example.com}
      privacy: {label_text: Privacy, website: https://www.example.com/privacy}
      terms_conditions: {label_text: Terms, website: https://www.example.com/terms}
      color: "#0B5CAD"
      billing_category: CONVERSATIONAL
      agent_use_case: TRANSACTIONAL
      hosting_region: ASIA_PACIFIC
      website: []
      brand_details: {brand_no: "10001"}
"""
HEAD = "config:\n  rcs:agents:\n    support:\n"
GOOD = HEAD + AGENT


def told(text: str) -> list[str]:
    """The findings of a file's text, a line each."""
    return [str(each) for each in findings(parse(text))]


def changed(old: str, new: str) -> list[str]:
    """The findings where a part of a good file is another."""
    assert GOOD.count(old) == 1
    return told(GOOD.replace(old, new))


def with_testers(*lines: str) -> list[str]:
    """The findings of a good file with testers."""
    return told(GOOD + "  rcs:testers:\n" + "".join(f"    {line}\n" for line in lines))


def test_a_good_file_has_no_findings() -> None:
    assert told(GOOD) == []
    assert with_testers('pilot: {agent: support, phoneno: "919000000001"}', "two: {agent_no: 71732, phoneno: 919000000001}") == []  # fmt: skip


@pytest.mark.parametrize("file", sorted((ROOT / "stacks").glob("*.yaml")), ids=lambda each: each.name)
def test_the_stack_files_of_this_project_are_clean(file: Path, rcs: Callable[..., Done]) -> None:
    done = rcs("validate", str(file))
    assert (done.code, done.out) == (0, "")
    assert done.err == "1 file checked: 0 errors, 0 warnings\n"


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("Answers to questions", "A" * 160, "9:7: error: agents.support.description: is 160 characters long, at most 100 are allowed"),
        ('"#0B5CAD"', "blue", "14:7: error: agents.support.color: must be # and six hexadecimal digits, such as #494e0d"),
        ("color:", "colour:", "14:7: error: agents.support.colour: is no field here; did you mean color?\n3:5: error: agents.support.color: is required"),
        ("email: support@example.com", "mail: support@example.com", "11:11: error: agents.support.emails[0].email: is required\n11:49: error: agents.support.emails[0].mail: is no field here; did you mean email?"),
        ("is_primary: true", "is_primary: yes", "11:31: error: agents.support.emails[0].is_primary: must be true or false"),
        ("website: []", "website: {}", "18:7: error: agents.support.website: must be a list"),
        ("privacy: {label_text: Privacy,", "privacy: {label_text: 7,", "12:17: error: agents.support.privacy.label_text: must be text"),
        ("ASIA_PACIFIC", "MOON", "17:7: error: agents.support.hosting_region: must be one of NORTH_AMERICA, EUROPE, ASIA_PACIFIC, HOSTING_REGION_UNSPECIFIED"),
        ("      emails:\n        - {label_text: Write, is_primary: true, email: support@example.com}\n", "", "3:5: error: agents.support: phones, emails: at least one phone or e-mail is required"),
        ("CONVERSATIONAL", "FREE", "15:7: warning: agents.support.billing_category: is none of the documented values CONVERSATIONAL, NON-CONVERSATIONAL, NON_CONVERSATIONAL, SINGLE_MESSAGE, BASIC_MESSAGE"),
        ("      service_code: SUPPORT\n", "      service_code: SUPPORT\n      service_code: OTHER\n", "9:7: error: agents.support.service_code: is there twice, first in line 8"),
    ],
    ids=["length", "format", "unknown", "nested", "yes-is-text", "list", "text", "choice", "rule", "warning", "twice"],
)  # fmt: skip
def test_each_mistake_of_an_agent_is_told_at_its_place(old: str, new: str, finding: str) -> None:
    assert sorted(changed(old, new)) == sorted(finding.splitlines())


def test_all_mistakes_of_all_resources_are_told_at_once() -> None:
    lines = told(GOOD.replace("SUPPORT", '""').replace("blue", "x") + "    other:\n      color: blue\n")
    assert "8:7: error: agents.support.service_code: must not be blank" in lines
    assert "21:7: error: agents.other.color: must be # and six hexadecimal digits, such as #494e0d" in lines
    assert "20:5: error: agents.other.display_name: is required" in lines


@pytest.mark.parametrize(
    ("setting", "finding"),
    [
        ("rcs:pod: eu", "2:3: error: pod: must be in or na"),
        ("rcs:maxRetries: -1", "2:3: error: maxRetries: must be a whole number, 0 or more"),
        ("rcs:debug: yes", "2:3: error: debug: must be true or false"),
        ("rcs:sid: [1]", "2:3: error: sid: must be made of letters, digits, - and _ only"),
        ("rcs:deletionPolcy: delete", "2:3: warning: deletionPolcy: is no setting here; did you mean deletionPolicy?"),
        ("rcs:apiKey: abc", "2:3: warning: apiKey: stands here for all to read: run `pulumi config set --secret rcs:apiKey`"),
        ("rcs:agents: 3", "2:3: error: agents: must be a block of named values"),
        ("rcs:agents: {a: 3}", "2:16: error: agents.a: must be a block of named values"),
        ("rcs:testers: [1]", "2:3: error: testers: must be a block of named values"),
    ],
)  # fmt: skip
def test_each_mistake_of_the_settings_is_told_at_its_place(setting: str, finding: str) -> None:
    assert told(f"config:\n  {setting}\n") == [finding]


@pytest.mark.parametrize(
    "setting",
    [
        "rcs:pod: na", "rcs:sid: 123", "rcs:maxRetries: 3", "rcs:debug: true", "rcs:readTimeout: 0.5", "rcs:agents:",
        "rcs:apiKey: {secure: v1:abc}", "rcs:agents: {secure: v1:abc}", "rcs:testers: {}", "aws:region: moon",
        "pod: eu", "rcs:pod:",
    ],
)  # fmt: skip
def test_what_is_right_encrypted_or_somebody_elses_is_no_finding(setting: str) -> None:
    assert told(f"config:\n  {setting}\n") == []


def test_a_missing_account_is_no_mistake_as_the_environment_may_give_it() -> None:
    assert "rcs:sid" not in GOOD
    assert told(GOOD) == []


@pytest.mark.parametrize("account", ["pod: na", "sid: OTHER"])
def test_an_agent_of_another_account_is_told_only_where_the_file_names_the_account(account: str) -> None:
    own = GOOD.replace("      color", f"      {account}\n      color")
    assert told(own) == []
    (line,) = told(own.replace("config:\n", "config:\n  rcs:pod: in\n  rcs:sid: MINE\n"))
    assert "it cannot move" in line


@pytest.mark.parametrize("field", ["description", "logo_url", "color"])
def test_an_encrypted_value_is_not_judged(field: str) -> None:
    assert told(re.sub(rf"{field}: .*", f"{field}: {{secure: v1:abc}}", GOOD, count=1)) == []


@pytest.mark.parametrize(
    ("testers", "findings_"),
    [
        (["one: {agent: suport, phoneno: 919000000001}"], ["21:11: error: testers.one.agent: names no agent of this stack; there are: support"]),
        (["one: {agent: [1], phoneno: 919000000001}"], ["21:11: error: testers.one.agent: names no agent of this stack; there are: support"]),
        (["one: {phoneno: 919000000001}"], ["21:5: error: testers.one.agent: is required: the key of an agent, or its number as agent_no"]),
        (["one: {agent: support}"], ["21:5: error: testers.one.phoneno: is required"]),
        (["one: {agent: support, phoneno: 12}"], ["21:27: error: testers.one.phoneno: must be a phone number that can exist, with its country code: 919876543210 or +91 98765 43210"]),
        (["one: {agent_no: x1, phoneno: 919000000001}"], ["21:11: error: testers.one.agent_no: must be made of digits only"]),
        (["one: {agent: support, phoneno: 919000000001}", "two: {agent: support, phoneno: +91 90000-00001}"], ["22:27: error: testers.two.phoneno: tester ***01 of agent support is declared twice, by one and by two"]),
        (["one: {agent_no: 7, phoneno: 919000000001}", 'two: {agent_no: "7", phoneno: "919000000001"}'], ["22:26: error: testers.two.phoneno: tester ***01 of agent 7 is declared twice, by one and by two"]),
        (["one: {agent: support, phoneno: {secure: x}}", "two: {agent: support, phoneno: {secure: x}}"], []),
        (["one: {agent: {secure: x}, phoneno: 919000000001}"], []),
        (["one:"], ["21:5: error: testers.one.agent: is required: the key of an agent, or its number as agent_no", "21:5: error: testers.one.phoneno: is required"]),
    ],
    ids=["no-such-agent", "no-name", "no-agent", "no-phone", "phone", "number", "twice", "twice-by-number", "secret", "secret-agent", "nothing"],
)  # fmt: skip
def test_each_mistake_of_a_tester_is_told_at_its_place(testers: list[str], findings_: list[str]) -> None:
    assert with_testers(*testers) == findings_


def test_two_agents_with_one_service_code_are_told_at_the_second() -> None:
    second = "    again:\n" + AGENT
    assert told(GOOD + second) == [
        "25:7: error: agents.again.service_code: service_code SUPPORT is declared twice, by support and by again"
    ]


# files that are none


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("config:\n  rcs:agents: [", "2:16: error: is no YAML: while parsing a flow node, expected the node content, but found '<stream end>'"),
        ("config:\n\t- a", "2:1: error: is no YAML: while scanning for the next token, found character '\\t' that cannot start any token"),
        ("config:\n  a: \x01", "2:6: error: is no YAML: a character that is not allowed"),
        ("--- a\n--- b", "2:1: error: is no YAML: expected a single document in the stream, but found another document"),
        ("config: &a [*a]", "1:9: error: is no YAML: an alias stands for what it is part of"),
        ("config: {rcs:sid: !!int x}", "1:19: error: is no YAML: the value is not what its tag says"),
        ("config: {[1]: 2}", "1:10: error: is no YAML: a key must be text"),
        ("config: {<<: 3}", "1:14: error: is no YAML: only blocks can be merged"),
        ("[" * 5000, "1:1: error: is nested too deeply"),
        ("- 1", "1:1: error: is no stack file: it holds no `config`"),
        ("name: x\nruntime: python", "1:1: error: is no stack file: it holds no `config`"),
        ("encryptionsalt: v1\nconfig: 3", "2:1: error: config: must be a block of named values"),
        ("config:\n  rcs:pod: in\n  rcs:pod: na", "3:3: error: pod: is there twice, first in line 2"),
    ],
    ids=["syntax", "tab", "control", "documents", "cycle", "tag", "key", "merge", "deep", "list", "project", "config", "twice"],
)  # fmt: skip
def test_what_is_no_stack_file_is_one_line_with_its_place(text: str, finding: str) -> None:
    assert told(text) == [finding]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "config:\n", "encryptionsalt: v1:abc\n", "{}"])
def test_a_stack_file_may_be_without_configuration(text: str) -> None:
    assert told(text) == []


def test_anchors_and_merges_are_read_as_pulumi_reads_them() -> None:
    text = GOOD.replace("    support:\n", "    support: &base\n")
    assert told(text + "    other:\n      <<: *base\n      service_code: OTHER\n") == []
    twice = told(text + "    other: *base\n")
    assert twice == ["8:7: error: agents.other.service_code: service_code SUPPORT is declared twice, by support and by other"]  # fmt: skip


def test_paths_and_places_are_found_by_each_other() -> None:
    file = parse(GOOD)
    way = ("rcs:agents", "support", "emails", 0, "email")
    assert dotted(way) == "agents.support.emails[0].email"
    assert file.place(way) == Place(11, 49)
    assert file.place(("rcs:agents", "support", "phones", 0, "number")) == file.place(("rcs:agents", "support"))
    assert file.place(("nowhere",)) == Place(1, 1)


# how plain scalars are read: these are what `pulumi config --json` makes of them

SCALARS: dict[str, Any] = {
    "yes": "yes", "on": "on", "y": "y", "010": 8, "0777": 511, "08": 8, "0x10": 16, "0o17": 15, "0b11": 3,
    "1_000": 1000, "12:30:45": "12:30:45", "1:30": "1:30", "~": None, "null": None, "": None, "1e3": 1000, ".5": 0.5,
    "919000000001": 919000000001, "1.0": 1, "True": True, "tRUE": "tRUE", '"x"': "x", '"5"': "5", "+5": 5, "-010": -8,
    "=": "=", "!foo 3": "3",
}  # fmt: skip


@pytest.fixture(scope="module")
def pulumis_own(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What the real CLI reads of a stack file with all of them."""
    folder = tmp_path_factory.mktemp("scalars")
    (folder / "state").mkdir()
    (folder / "Pulumi.yaml").write_text("name: proof\nruntime: python\n")
    lines = "".join(f"    k{place}: {text}\n" for place, text in enumerate(SCALARS))
    (folder / "Pulumi.dev.yaml").write_text("config:\n  rcs:agents:\n" + lines)
    pulumi(folder, "stack", "init", "dev")
    done = pulumi(folder, "config", "--json")
    return json.loads(done)["rcs:agents"]["objectValue"]


def pulumi(folder: Path, *arguments: str, code: int = 0) -> str:
    """Runs the real CLI in a folder that holds its backend."""
    env = {
        "PULUMI_HOME": str(folder / "home"),
        "PULUMI_BACKEND_URL": f"file://{folder}/state",
        "PULUMI_CONFIG_PASSPHRASE": "public",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "KALEYRA_SID": "SID",
    }
    done = subprocess.run(
        ["pulumi", *arguments, "--non-interactive"],
        cwd=folder, env=environment(env), capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert (done.returncode != 0) is (code != 0), done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize(("place", "text"), list(enumerate(SCALARS)), ids=list(SCALARS))
def test_a_plain_text_means_here_what_it_means_to_pulumi(place: int, text: str, pulumis_own: Any) -> None:
    found = parse(f"config: {{k: {text} }}").config["k"]
    assert (found, type(found) is bool) == (SCALARS[text], type(SCALARS[text]) is bool)
    assert pulumis_own[f"k{place}"] == SCALARS[text]


def test_what_is_encrypted_is_unknown() -> None:
    assert parse("config: {a: {secure: x}, b: {secure: 3}, c: {secure: x, d: y}}").config == {
        "a": UNKNOWN, "b": {"secure": 3}, "c": {"secure": "x", "d": "y"},
    }  # fmt: skip


WRONG = {
    "agent": GOOD.replace("Answers", "A" * 160)
    .replace("is_primary: true", "is_primary: yes")
    .replace("color:", "colour:")
    .replace("https://www.example.com/terms", "nowhere")
    .replace("service_code: SUPPORT", "service_code: 010"),
    "tester": "config:\n  rcs:testers:\n    one: {agent_no: x, phoneno: 12, resend: 3, on_existing: never, fone: 1}\n",
}


@pytest.mark.parametrize("kind", list(WRONG))
def test_a_preview_finds_the_same_mistakes_in_the_same_words(kind: str, tmp_path: Path) -> None:
    runtime = {"name": "python", "options": {"toolchain": "pip", "virtualenv": sys.prefix}}
    (tmp_path / "state").mkdir()
    (tmp_path / "Pulumi.yaml").write_text(yaml.safe_dump({"name": "proof", "runtime": runtime}))
    (tmp_path / "__main__.py").write_text("from rcs_provider import stack_data\nstack_data.declare()\n")
    (tmp_path / "Pulumi.dev.yaml").write_text(WRONG[kind].replace("config:\n", "config:\n  rcs:pod: in\n"))
    pulumi(tmp_path, "stack", "init", "dev")
    shown = pulumi(tmp_path, "preview", code=1)
    refused = re.findall(r"error: \S+ resource '\w+' has a problem: (.*)", shown)
    ours = [f"{each.path.split('.', 2)[2]}: {each.reason}" for each in findings(parse(WRONG[kind]))]
    assert len(ours) == 5
    assert sorted(ours) == sorted(set(refused))


# the command


def test_findings_are_lines_that_editors_understand_and_code_3(tmp_path: Path, rcs: Callable[..., Done]) -> None:
    (tmp_path / "Pulumi.a.yaml").write_text("config: {rcs:pod: eu}")
    (tmp_path / "Pulumi.b.yaml").write_text(GOOD.replace("blue", "x").replace("CONVERSATIONAL", "FREE"))
    done = rcs("validate", "Pulumi.a.yaml", "Pulumi.b.yaml")
    assert done.code == 3
    assert done.lines[0] == "Pulumi.a.yaml:1:10: error: pod: must be in or na"
    assert done.lines[1].startswith("Pulumi.b.yaml:15:7: warning: agents.support.billing_category: ")
    assert done.err == "2 files checked: 1 error, 1 warning\n"


def test_warnings_alone_are_code_0(tmp_path: Path, rcs: Callable[..., Done]) -> None:
    (tmp_path / "Pulumi.a.yaml").write_text("config: {rcs:nonsense: 1}")
    assert rcs("validate", "Pulumi.a.yaml").code == 0


def test_as_json_findings_are_a_list_of_objects(tmp_path: Path, rcs: Callable[..., Done]) -> None:
    (tmp_path / "Pulumi.a.yaml").write_text("config: {rcs:pod: eu}")
    done = rcs("validate", "--json", "Pulumi.a.yaml")
    assert (done.code, json.loads(done.out)) == (3, [
        {"file": "Pulumi.a.yaml", "line": 1, "column": 10, "severity": "error", "path": "pod", "reason": "must be in or na"}
    ])  # fmt: skip


def test_a_file_that_cannot_be_read_is_code_2_and_the_others_are_checked(
    tmp_path: Path, rcs: Callable[..., Done]
) -> None:
    (tmp_path / "Pulumi.a.yaml").write_text("config: {rcs:pod: eu}")
    (tmp_path / "Pulumi.b.yaml").write_bytes(b"config: \xff")
    done = rcs("validate", "nowhere.yaml", "Pulumi.b.yaml", ".", "Pulumi.a.yaml")
    assert (done.code, len(done.lines)) == (2, 1)
    assert done.err.splitlines() == [
        "error: nowhere.yaml cannot be read: No such file or directory",
        "error: Pulumi.b.yaml cannot be read: it is no UTF-8 text",
        "error: . cannot be read: Is a directory",
        "1 file checked: 1 error, 0 warnings",
    ]


def test_standard_input_is_a_file_without_a_name() -> None:
    done = run("validate", "-", env={}, stdin="\ufeffconfig: {rcs:pod: eu}")
    assert (done.code, done.out) == (3, "<stdin>:1:10: error: pod: must be in or na\n")


def test_no_value_is_part_of_a_finding(rcs: Callable[..., Done], tmp_path: Path) -> None:
    text = re.sub(r": (?!\{|\n|\[)[^,}\n]+", ": canary7", GOOD)
    (tmp_path / "Pulumi.a.yaml").write_text(text + "  rcs:apiKey: canary7\n  rcs:endpoint: canary7\n")
    done = rcs("validate", "Pulumi.a.yaml")
    assert done.code == 3
    assert "canary7" not in done.out


def test_the_hook_for_pre_commit_takes_the_stack_files_and_no_project_files() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert hook["entry"] == "rcs validate"
    taken = ["Pulumi.dev.yaml", "stacks/Pulumi.in.yaml", "a/b/Pulumi.x.yml"]
    left = ["Pulumi.yaml", "stacks/other.yaml", "NotPulumi.dev.yaml", "Pulumi.dev.yaml.bak"]
    assert [each for each in (*taken, *left) if re.search(hook["files"], each)] == taken
