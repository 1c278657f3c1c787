"""Reading a stack file: what it means to Pulumi, where everything stands, and what is none."""

from __future__ import annotations

import json
from typing import Any

import pytest
from stack_files import GOOD, pulumi, told

from rcs_provider.cli import stack_file
from rcs_provider.cli.stack_file import Place, dotted, parse
from rcs_provider.core.fields import UNKNOWN

# files that are none


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (
            "config:\n  rcs:agents: [",
            (
                "2:16: error: not valid YAML: while parsing a flow node, expected the node content, but found "
                "'<stream end>'"
            ),
        ),
        (
            "config:\n\t- a",
            (
                "2:1: error: not valid YAML: while scanning for the next token, found character '\\t' that cannot "
                "start any token"
            ),
        ),
        ("config:\n  a: \x01", "2:6: error: not valid YAML: a character that is not allowed"),
        (
            "--- a\n--- b",
            "2:1: error: not valid YAML: expected a single document in the stream, but found another document",
        ),
        ("config: &a [*a]", "1:9: error: not valid YAML: an alias stands for what it is part of"),
        ("config: {kaleyra:sid: !!int x}", "1:23: error: not valid YAML: the value is not what its tag says"),
        ("config: {[1]: 2}", "1:10: error: not valid YAML: a key must be a string"),
        ("config: {<<: 3}", "1:14: error: not valid YAML: only blocks can be merged"),
        ("[" * 5000, "1:1: error: is nested too deeply"),
        ("- 1", "1:1: error: not a stack file: it has no `config`"),
        ("name: x\nruntime: python", "1:1: error: not a stack file: it has no `config`"),
        ("encryptionsalt: v1\nconfig: 3", "2:1: error: config: must be a mapping"),
        ("config:\n  kaleyra:pod: in\n  kaleyra:pod: na", "3:3: error: pod: defined twice (first on line 2)"),
    ],
    ids=[
        "syntax",
        "tab",
        "control",
        "documents",
        "cycle",
        "tag",
        "key",
        "merge",
        "deep",
        "list",
        "project",
        "config",
        "twice",
    ],
)
def test_what_is_no_stack_file_is_one_line_with_its_place(text: str, finding: str) -> None:
    assert told(text) == [finding]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "config:\n", "encryptionsalt: v1:abc\n", "{}"])
def test_a_stack_file_may_be_without_configuration(text: str) -> None:
    assert told(text) == []


def test_aliases_that_multiply_are_refused_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stack_file, "_MOST_VALUES", 20_000)  # the more, the longer it takes: there are 10 ** 11 of them
    lines = ["config:", "  a0: &a0 {x: 1}"]
    lines += [f"  a{place}: &a{place} [{', '.join([f'*a{place - 1}'] * 9)}]" for place in range(1, 12)]
    (line,) = told("\n".join(lines))
    assert line.endswith("not valid YAML: holds too many values")


def test_anchors_and_merges_are_read_as_pulumi_reads_them() -> None:
    text = GOOD.replace("    support:\n", "    support: &base\n")
    assert told(text + "    other:\n      <<: *base\n      service_code: OTHER\n") == []
    twice = told(text + "    other: *base\n")
    assert twice == [
        "8:7: error: agents.other.service_code: service_code SUPPORT is declared twice, by support and by other"
    ]


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
    "=": "=", "!foo 3": "3", "0301234567": 50674039, "007": 7, "0_7": 7, "09.5": 9.5, "+919000000001": 919000000001,
    "2024-01-01": "2024-01-01 00:00:00 +0000 UTC", "2024-1-2 3:04:05.50": "2024-01-02 03:04:05.5 +0000 UTC",
    "2024-01-01t10:00:00+05:30": "2024-01-01 10:00:00 +0530 +0530", "2024-13-01": "2024-13-01",
    "2024-01-01T10:00:00Z": "2024-01-01 10:00:00 +0000 UTC", "2024-01-01T10:00:00": "2024-01-01T10:00:00",
    "2024-01-01 10:00:00 Z": "2024-01-01 10:00:00 Z", "!!str 007": "007", "#0b5cad": None, "Call #1": "Call",
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


@pytest.mark.parametrize(("place", "text"), list(enumerate(SCALARS)), ids=list(SCALARS))
def test_a_plain_text_means_here_what_it_means_to_pulumi(place: int, text: str, pulumis_own: Any) -> None:
    found = parse(f"config:\n  k: {text}\n").config["k"]
    assert (found, type(found) is bool) == (SCALARS[text], type(SCALARS[text]) is bool)
    assert pulumis_own[f"k{place}"] == SCALARS[text]


def test_what_is_encrypted_is_unknown() -> None:
    assert parse("config: {a: {secure: x}, b: {secure: 3}, c: {secure: x, d: y}}").config == {
        "a": UNKNOWN,
        "b": {"secure": 3},
        "c": {"secure": "x", "d": "y"},
    }
