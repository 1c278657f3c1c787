"""The examples of the reference pages in every language: the same declaration, by the names of the schema."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from blocks import BLOCKS
from proves import proves
from reference.languages import Declared, declared, go, typescript
from reference.resource import WORDS

from rcs_provider.core import validation
from rcs_provider.objects import OBJECTS
from rcs_provider.plugin.names import foreign, from_wire
from rcs_provider.plugin.schema import package_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blocks import Block

SCHEMA = package_schema()
KINDS = {kind.name: kind for kind in OBJECTS}


def on_page(kind: str, language: str) -> Block:
    """The first block of a language on a kind's page."""
    return next(each for each in BLOCKS if each.page == f"docs/reference/{kind}.md" and each.language == language)


def names(value: Any) -> Iterator[str]:
    """All names in a value, to the bottom."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield name
            yield from names(each)
    elif isinstance(value, list):
        for each in value:
            yield from names(each)


def title(name: str) -> str:
    """A name as Go has it."""
    return name[:1].upper() + name[1:]


def test_every_block_of_another_language_is_rendered_from_the_example() -> None:
    found = {(each.page, each.language) for each in BLOCKS if each.language in ("typescript", "go")}
    assert found == {(f"docs/reference/{kind}.md", each) for kind in KINDS for each in ("typescript", "go")}


@proves("E15", "F2")
@pytest.mark.parametrize("kind", KINDS)
def test_the_example_in_yaml_is_a_program_that_a_preview_passes(kind: str) -> None:
    program = yaml.safe_load(on_page(kind, "yaml").text)
    (resource,) = program["resources"].values()
    spec, table = SCHEMA["resources"][resource["type"]], KINDS[kind].table
    given = resource["properties"]
    assert set(spec["requiredInputs"]) <= set(given) <= set(spec["inputProperties"])
    assert list(foreign(table, given)) == []
    filled = {**from_wire(table, given), "pod": "in", "sid": "SID"}  # as the settings do
    assert list(validation.problems(table, filled)) == []
    assert given == declared(WORDS[kind].example).properties


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_in_typescript_has_each_value_under_its_name(kind: str) -> None:
    text, given = on_page(kind, "typescript").text, declared(WORDS[kind].example)
    found = [a or b for a, b in re.findall(r"[{,] (\w+): |^    (\w+): ", text, re.MULTILINE)]
    assert found == list(names(given.properties))
    assert f'new kaleyra.rcs.{kind.capitalize()}("{given.name}"' in text
    # Without types and the constructor it is an object of YAML's.
    inside = "{" + text[text.index("{\n") + 1 : text.rindex("}")] + "}"
    assert yaml.safe_load(inside) == given.properties


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_in_go_has_each_value_under_its_name_with_its_type(kind: str) -> None:
    text, given = on_page(kind, "go").text, declared(WORDS[kind].example)
    found = re.findall(r"(?:[{,] ?|^\t+)([A-Z]\w+): +", text, re.MULTILINE)
    assert found == [title(each) for each in names(given.properties)]
    assert f"rcs.New{kind.capitalize()}(ctx, " in text
    types = set(re.findall(r"rcs\.(\w+?)(?:Args|Array)\b", text)) - {kind.capitalize()}
    assert {f"kaleyra:rcs:{each}" for each in types} <= set(SCHEMA["types"])


def test_each_type_of_the_schema_has_its_form() -> None:
    one = Declared("kaleyra:rcs:Agent", "a", {"languages": ["x"], "agentUseCase": "TRANSACTIONAL",
                                             "phones": [{"isTollFree": True}]})  # fmt: skip
    text = go(one)
    assert 'Languages:    pulumi.StringArray{pulumi.String("x")},' in text
    assert "AgentUseCase: rcs.AgentUseCaseTransactional," in text
    assert "Phones:       rcs.PhoneArray{&rcs.PhoneArgs{IsTollFree: pulumi.Bool(true)}}," in text
    assert "phones: [{ isTollFree: true }]," in typescript(one)
