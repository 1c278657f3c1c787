"""What docs/policy.md and the example say is what the rules declare."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import yaml

from rcs_policy.catalogue import RULES, configured
from rcs_provider import __version__

ROOT: Final = Path(__file__).resolve().parents[2]


def rows() -> list[list[str]]:
    text = (ROOT / "docs" / "policy.md").read_text()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"][2:]


def shown(default: object) -> str:
    if not default:
        return ""
    return ", ".join(f"`{each}`" for each in default) if isinstance(default, list) else str(default)


def test_the_page_lists_each_rule_with_its_level_and_each_option_with_its_default() -> None:
    table = [(name.strip("`"), level, option.strip("`"), default) for name, level, option, default, _ in rows()]
    declared = [
        (rule.name if first else "", rule.level if first else "", option, shown(schema["default"]))
        for rule in RULES
        for first, (option, schema) in zip([True, False], rule.options.items(), strict=False)
    ]
    # An empty default allows all or lists none: which of the two is words.
    assert [(*row[:3], row[3] if row[3] not in ("none", "all") else "") for row in table] == declared


def test_the_examples_configuration_names_what_exists() -> None:
    assert configured(json.loads((ROOT / "examples" / "policy" / "strict.json").read_text()))


def test_the_example_has_the_packages_version() -> None:
    assert yaml.safe_load((ROOT / "examples" / "policy" / "PulumiPolicy.yaml").read_text())["version"] == __version__
