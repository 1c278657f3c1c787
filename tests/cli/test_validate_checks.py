"""What is wrong in a stack file: every kind of mistake, at its line and column, as the preview words it."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest
import yaml
from proves import proves
from stack_files import AGENT, GOOD, pulumi, told

from rcs_provider.cli.stack_file import parse
from rcs_provider.cli.validate_checks import findings
from rcs_provider.core.settings import SETTINGS
from rcs_provider.objects.stack_keys import without_namespace

if TYPE_CHECKING:
    from pathlib import Path


def changed(old: str, new: str) -> list[str]:
    """The findings where a part of a good file is another."""
    assert GOOD.count(old) == 1
    return told(GOOD.replace(old, new))


def with_testers(*lines: str) -> list[str]:
    """The findings of a good file with testers."""
    return told(GOOD + "  rcs:testers:\n" + "".join(f"    {line}\n" for line in lines))


def test_a_good_file_has_no_findings() -> None:
    assert told(GOOD) == []
    assert (
        with_testers(
            'pilot: {agent: support, phoneno: "919000000001"}', "two: {agent_no: 71732, phoneno: 919000000001}"
        )
        == []
    )


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        (
            "Answers to questions",
            "A" * 160,
            "9:7: error: agents.support.description: is 160 characters long, at most 100 are allowed",
        ),
        (
            '"#0B5CAD"',
            "blue",
            "14:7: error: agents.support.color: must be # and six hexadecimal digits, such as #494e0d",
        ),
        (
            "color:",
            "colour:",
            (
                "14:7: error: agents.support.colour: unknown field; did you mean color?\n3:5: error: "
                "agents.support.color: is required"
            ),
        ),
        (
            "email: support@example.com",
            "mail: support@example.com",
            (
                "11:11: error: agents.support.emails[0].email: is required\n11:49: error: "
                "agents.support.emails[0].mail: unknown field; did you mean email?"
            ),
        ),
        (
            "is_primary: true",
            "is_primary: yes",
            "11:31: error: agents.support.emails[0].is_primary: must be true or false",
        ),
        ("website: []", "website: {}", "18:7: error: agents.support.website: must be a list"),
        (
            "privacy: {label_text: Privacy,",
            "privacy: {label_text: 7,",
            "12:17: error: agents.support.privacy.label_text: must be a string",
        ),
        (
            "ASIA_PACIFIC",
            "MOON",
            (
                "17:7: error: agents.support.hosting_region: must be one of NORTH_AMERICA, EUROPE, "
                "ASIA_PACIFIC, HOSTING_REGION_UNSPECIFIED"
            ),
        ),
        (
            "      emails:\n        - {label_text: Write, is_primary: true, email: support@example.com}\n",
            "",
            "3:5: error: agents.support: phones, emails: at least one phone or e-mail is required",
        ),
        (
            "CONVERSATIONAL",
            "FREE",
            (
                "15:7: warning: agents.support.billing_category: is not one of the documented values "
                "CONVERSATIONAL, NON-CONVERSATIONAL, NON_CONVERSATIONAL, SINGLE_MESSAGE, BASIC_MESSAGE"
            ),
        ),
        (
            "      service_code: SUPPORT\n",
            "      service_code: SUPPORT\n      service_code: OTHER\n",
            "9:7: error: agents.support.service_code: defined twice (first on line 8)",
        ),
    ],
    ids=["length", "format", "unknown", "nested", "yes-is-text", "list", "text", "choice", "rule", "warning", "twice"],
)
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
        ("kaleyra:pod: eu", "2:3: error: pod: must be in or na"),
        ("kaleyra:maxRetries: -1", "2:3: error: maxRetries: must be a whole number, 0 or more"),
        ("kaleyra:debug: yes", "2:3: error: debug: must be true or false"),
        ("kaleyra:sid: [1]", "2:3: error: sid: must be made of letters, digits, - and _ only"),
        ("kaleyra:deletionPolcy: delete", "2:3: warning: deletionPolcy: unknown setting; did you mean deletionPolicy?"),
        (
            "kaleyra:apiKey: abc",
            "2:3: warning: apiKey: stored in plain text: run `pulumi config set --secret kaleyra:apiKey`",
        ),
        ("rcs:tester: {}", "2:3: warning: tester: unknown section; did you mean testers?"),
        ("rcs:agents: 3", "2:3: error: agents: must be a mapping of names to mappings"),
        ("rcs:agents: {a: 3}", "2:16: error: agents.a: must be a mapping"),
        ("rcs:testers: [1]", "2:3: error: testers: must be a mapping of names to mappings"),
    ],
)
def test_each_mistake_of_the_settings_is_told_at_its_place(setting: str, finding: str) -> None:
    assert told(f"config:\n  {setting}\n") == [finding]


@proves("E8")
def test_every_setting_under_its_old_key_is_an_error_at_its_place() -> None:
    lines = "".join(f"  rcs:{each.key}: canary\n" for each in SETTINGS)
    assert told(f"config:\n{lines}") == [
        f"{line}:3: error: rcs:{each.key}: is now kaleyra:{each.key}: rename it"
        for line, each in enumerate(SETTINGS, start=2)
    ]


@pytest.mark.parametrize(
    "setting",
    [
        "kaleyra:pod: na",
        "kaleyra:sid: 123",
        "kaleyra:maxRetries: 3",
        "kaleyra:debug: true",
        "kaleyra:readTimeout: 0.5",
        "rcs:agents:",
        "kaleyra:apiKey: {secure: v1:abc}",
        "rcs:agents: {secure: v1:abc}",
        "rcs:testers: {}",
        "rcs:testers: #none",
        "rcs:agents: {a: {secure: v1:abc}}",
        "agents: {support: {channel: web}}",
        "agents: [support]",
        "aws:region: moon",
        "pod: eu",
        "kaleyra:pod:",
    ],
)
def test_what_is_right_encrypted_or_somebody_elses_is_no_finding(setting: str) -> None:
    assert told(f"config:\n  {setting}\n") == []


CHANGED = {
    "0301234567": "error: {}: YAML reads this as an octal number and writes it differently: put it in quotes",
    "0x1F": "error: {}: YAML reads this as a hexadecimal number and writes it differently: put it in quotes",
    "007": "error: {}: YAML drops the leading zeros: put it in quotes",
    "08": "error: {}: YAML drops the leading zeros: put it in quotes",
    "1_000": "error: {}: YAML reads this as a number and writes it differently: put it in quotes",
    "1e3": "error: {}: YAML reads this as a number and writes it differently: put it in quotes",
    "12345678901234567": "error: {}: YAML reads this as a number and keeps only its first digits: put it in quotes",
    "2024-01-01": "error: {}: YAML reads this as a date with a time: put it in quotes",
    "#0b5cad": "error: {}: an unquoted # begins a comment: put it in quotes",
    "Team #1": "warning: {}: an unquoted # begins a comment: put it in quotes",
    "+71732": "warning: {}: YAML drops the plus sign: put it in quotes",
}
"""Texts without quotes, and what is said of each."""


@proves("E25")
@pytest.mark.parametrize("text", CHANGED)
def test_what_yaml_changes_in_a_text_without_quotes_is_told_at_its_place(text: str) -> None:
    lines = told(
        GOOD.replace('brand_details: {brand_no: "10001"}', f"default_locale: {text}\n      brand_details: {{}}")
    )
    assert "19:7: " + CHANGED[text].format("agents.support.default_locale") in lines
    assert "2:3: " + CHANGED[text].format("sid") in told(f"config:\n  kaleyra:sid: {text}\n")


@proves("E25")
def test_a_name_is_told_as_well_and_what_nothing_changes_is_not() -> None:
    assert told(f"config:\n  rcs:agents:\n    007:\n{AGENT}") == [
        "3:5: error: agents.7: YAML drops the leading zeros: put it in quotes"
    ]
    for text in ("7", '"007"', "!!str 007", "0", "a#b", "Team # one", '"#fff" #1', "2024-13-01", "| #1\n        007"):
        lines = told(GOOD.replace("display_name: Support", f"display_name: {text}"))
        assert not [each for each in lines if "in quotes" in each]
    assert told("config:\n  kaleyra:maxRetries: 007\n  kaleyra:readTimeout: 2.50\n  other:code: 007\n") == []


@proves("E23")
@pytest.mark.parametrize("key", ["agents", "shop:agents", "kaleyra:agents", "kaleyra:agent", "rcs:agent"])
def test_agents_under_a_wrong_key_are_told_at_the_key(key: str) -> None:
    text = GOOD.replace("rcs:agents", key) + "  rcs:testers:\n"
    reason = (
        f"the stack has {key} and no rcs:agents, so its agents would count as removed. "
        "Rename the key to rcs:agents. If it is for something else, add `rcs:agents: {}`."
    )
    assert [each for each in told(text) if ": error: " in each] == [f"2:3: error: {without_namespace(key)}: {reason}"]
    assert told(text + "  rcs:agents: {}\n") == told(text + "  rcs:agents:\n")


def test_a_missing_account_is_no_mistake_as_the_environment_may_give_it() -> None:
    assert "kaleyra:sid" not in GOOD
    assert told(GOOD) == []


@pytest.mark.parametrize("account", ["pod: na", "sid: OTHER"])
def test_an_agent_of_another_account_is_told_only_where_the_file_names_the_account(account: str) -> None:
    own = GOOD.replace("      color", f"      {account}\n      color")
    assert told(own) == []
    (line,) = told(own.replace("config:\n", "config:\n  kaleyra:pod: in\n  kaleyra:sid: MINE\n"))
    assert "it cannot move" in line


@pytest.mark.parametrize("field", ["description", "logo_url", "color"])
def test_an_encrypted_value_is_not_judged(field: str) -> None:
    assert told(re.sub(rf"{field}: .*", f"{field}: {{secure: v1:abc}}", GOOD, count=1)) == []


@proves("B19")
@pytest.mark.parametrize(
    ("testers", "findings_"),
    [
        (
            ["one: {agent: suport, phoneno: 919000000001}"],
            ["21:11: error: testers.one.agent: names no agent of this stack; there are: support"],
        ),
        (
            ["one: {agent: [1], phoneno: 919000000001}"],
            ["21:11: error: testers.one.agent: names no agent of this stack; there are: support"],
        ),
        (
            ["one: {phoneno: 919000000001}"],
            ["21:5: error: testers.one.agent: is required: the key of an agent, or its number as agent_no"],
        ),
        (["one: {agent: support}"], ["21:5: error: testers.one.phoneno: is required"]),
        (
            ["one: {agnt: support, phoneno: 919000000001}", "two: {agent: support, phoneno: 919000000001, zzz: 1}"],
            [
                "21:5: error: testers.one.agent: is required: the key of an agent, or its number as agent_no",
                "21:11: error: testers.one.agnt: unknown field; did you mean agent?",
                (
                    "22:50: error: testers.two.zzz: unknown field; there are agent, agent_no, phoneno, resend, "
                    "on_existing"
                ),
            ],
        ),
        (
            ["one: {agent: support, phoneno: 12}"],
            [
                (
                    "21:27: error: testers.one.phoneno: must be a phone number that can exist, with its country "
                    "code: 919876543210 or +91 98765 43210"
                )
            ],
        ),
        (
            ["one: {agent: support, phoneno: 9876543210}"],
            [
                (
                    "21:27: error: testers.one.phoneno: is read as a number of Iran (+98), where it is not a valid "
                    'mobile number: start with + and the country code, such as "+91 98765 43210"'
                )
            ],
        ),
        (
            ["one: {agent: support, phoneno: +44 20 7946 0000}"],
            [
                (
                    "21:27: warning: testers.one.phoneno: is read as a number of United Kingdom (+44), where it is "
                    "not a valid mobile number: check it before a person is invited"
                )
            ],
        ),
        (
            ["one: {agent_no: x1, phoneno: 919000000001}"],
            ["21:11: error: testers.one.agent_no: must be made of digits only"],
        ),
        (
            ["one: {agent: support, phoneno: 919000000001}", "two: {agent: support, phoneno: +91 (0)90000-00001}"],
            ["22:27: error: testers.two.phoneno: tester ***01 of agent support is declared twice, by one and by two"],
        ),
        (
            ["one: {agent_no: 7, phoneno: 919000000001}", 'two: {agent_no: "7", phoneno: "919000000001"}'],
            ["22:26: error: testers.two.phoneno: tester ***01 of agent 7 is declared twice, by one and by two"],
        ),
        (["one: {agent: support, phoneno: {secure: x}}", "two: {agent: support, phoneno: {secure: x}}"], []),
        (["one: {agent: {secure: x}, phoneno: 919000000001}"], []),
        (
            ["one:"],
            [
                "21:5: error: testers.one.agent: is required: the key of an agent, or its number as agent_no",
                "21:5: error: testers.one.phoneno: is required",
            ],
        ),
    ],
    ids=[
        "no-such-agent",
        "no-name",
        "no-agent",
        "no-phone",
        "unknown",
        "phone",
        "guess",
        "fixed-line",
        "number",
        "twice",
        "twice-by-number",
        "secret",
        "secret-agent",
        "nothing",
    ],
)
def test_each_mistake_of_a_tester_is_told_at_its_place(testers: list[str], findings_: list[str]) -> None:
    assert with_testers(*testers) == findings_


def test_two_agents_with_one_service_code_are_told_at_the_second() -> None:
    second = "    again:\n" + AGENT
    assert told(GOOD + second) == [
        "25:7: error: agents.again.service_code: service_code SUPPORT is declared twice, by support and by again"
    ]


WRONG = {
    "agent": GOOD.replace("Answers", "A" * 160)
    .replace("is_primary: true", "is_primary: yes")
    .replace("color:", "colour:")
    .replace("https://www.example.com/terms", "nowhere")
    .replace("service_code: SUPPORT", "service_code: 10"),
    "tester": "config:\n  rcs:testers:\n    one: {agent_no: x, phoneno: 12, resend: 3, on_existing: never, phone: 1}\n",
}


@pytest.mark.parametrize("kind", list(WRONG))
def test_a_preview_finds_the_same_mistakes_in_the_same_words(kind: str, tmp_path: Path) -> None:
    runtime = {"name": "python", "options": {"toolchain": "pip", "virtualenv": sys.prefix}}
    (tmp_path / "state").mkdir()
    (tmp_path / "Pulumi.yaml").write_text(yaml.safe_dump({"name": "proof", "runtime": runtime}))
    (tmp_path / "__main__.py").write_text("from rcs_provider import stack_data\nstack_data.declare()\n")
    (tmp_path / "Pulumi.dev.yaml").write_text(WRONG[kind].replace("config:\n", "config:\n  kaleyra:pod: in\n"))
    pulumi(tmp_path, "stack", "init", "dev")
    shown = pulumi(tmp_path, "preview", code=1)
    refused = re.findall(r"error: \S+ resource '\w+' has a problem: (.*)", shown)
    ours = [f"{each.path.split('.', 2)[2]}: {each.reason}" for each in findings(parse(WRONG[kind]))]
    assert len(ours) == 5
    assert sorted(ours) == sorted(set(refused))
