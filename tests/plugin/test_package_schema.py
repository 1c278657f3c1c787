"""The schema of the package: what it says of every field, setting and function, and that Pulumi takes it."""

from __future__ import annotations

import json
import os
import re
import subprocess
from importlib.metadata import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from proves import proves

from rcs_provider._version import semantic
from rcs_provider.core.fields import Field, Role, Table, Type
from rcs_provider.core.names import camel
from rcs_provider.core.settings import SETTINGS
from rcs_provider.objects import OBJECTS
from rcs_provider.plugin import schema
from rcs_provider.plugin.functions import FUNCTIONS
from rcs_provider.plugin.schema import digest, package_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA: Final = package_schema()
RESOURCES: Final[Any] = [pytest.param(each, SCHEMA["resources"][each.package_token], id=each.name) for each in OBJECTS]
PRIMITIVES: Final = {Type.TEXT: "string", Type.FLAG: "boolean", Type.NUMBER: "number"}


def bound(text: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What Pulumi makes of a schema: it holds it to the metaschema, binds its types, and shows it."""
    file = folder / "schema.json"
    file.write_text(text)
    environment = {**os.environ, "PULUMI_HOME": str(folder), "PULUMI_SKIP_UPDATE_CHECK": "true"}
    return subprocess.run(
        ["pulumi", "package", "get-schema", str(file)],
        env=environment, cwd=folder, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


@proves("F2")
def test_pulumi_binds_the_schema_and_keeps_all_of_it(tmp_path: Path) -> None:
    done = bound(json.dumps(SCHEMA), tmp_path)
    assert done.returncode == 0, done.stderr
    assert "warning" not in done.stderr
    shown = json.loads(done.stdout)
    for part in ("resources", "functions", "types", "language"):
        assert shown[part].keys() == SCHEMA[part].keys()
    assert shown["provider"]["inputProperties"].keys() == SCHEMA["provider"]["inputProperties"].keys()
    assert shown["resources"]["kaleyra:rcs:Tester"]["listInputs"]["required"] == ["agentNo"]


@proves("F2")
@pytest.mark.parametrize(
    "broken",
    [
        lambda found: found["resources"]["kaleyra:rcs:Agent"]["requiredInputs"].append("nothing"),
        lambda found: found["functions"]["kaleyra:rcs:getAgent"]["inputs"]["properties"]["agentNumber"].update(
            type="text"
        ),
    ],
    ids=["a name is missing", "a type is none"],
)
def test_pulumi_refuses_a_schema_that_is_broken(broken: Any, tmp_path: Path) -> None:
    found = json.loads(json.dumps(SCHEMA))
    broken(found)
    assert bound(json.dumps(found), tmp_path).returncode != 0


def references(spec: Any) -> Iterator[str]:
    if isinstance(spec, dict):
        yield from (each for name, each in spec.items() if name == "$ref")
    for each in spec.values() if isinstance(spec, dict) else spec if isinstance(spec, list) else ():
        yield from references(each)


@proves("F2")
def test_every_type_that_is_named_is_there_and_every_type_is_named() -> None:
    named = {each.removeprefix("#/types/") for each in references(SCHEMA)} - {"pulumi.json#/Any"}
    assert named == set(SCHEMA["types"])


@proves("F2")
def test_the_mark_that_is_committed_is_that_of_the_schema() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "package.md"
    assert f"<!-- schema: {digest(SCHEMA)} -->" in page.read_text(), "the schema has changed; run: make docs"


@proves("F2")
def test_the_mark_changes_with_every_word_of_the_schema_but_its_version() -> None:
    changed = json.loads(json.dumps(SCHEMA))
    changed["types"]["kaleyra:rcs:Phone"]["properties"]["number"]["description"] += " "
    assert digest(changed) != digest(SCHEMA) == digest({**SCHEMA, "version": "9.9.9"})


@proves("F2")
@pytest.mark.parametrize(("kind", "resource"), RESOURCES)
def test_a_resource_takes_what_a_program_may_declare_and_no_account(kind: Any, resource: Any) -> None:
    declared = [each for each in kind.table.inputs if each.name not in ("pod", "sid")]
    assert list(resource["inputProperties"]) == [camel(each.name) for each in declared]
    assert resource["requiredInputs"] == [camel(each.name) for each in declared if each.required]
    replacing = {name for name, each in resource["inputProperties"].items() if each.get("willReplaceOnChanges")}
    assert replacing == {camel(each.name) for each in declared if each.role is Role.REPLACE}


@proves("F2")
@pytest.mark.parametrize(("kind", "resource"), RESOURCES)
def test_a_resource_shows_all_that_is_stored_and_takes_over_the_dynamic_one(kind: Any, resource: Any) -> None:
    assert list(resource["properties"]) == [camel(each.name) for each in kind.table]
    assert set(resource["required"]) >= {"pod", "sid", *resource["requiredInputs"]}
    assert resource["aliases"] == [{"type": kind.token}]


def spec_of(field: Field, spec: Any) -> Iterator[tuple[Field, Any]]:
    """A field and its spec, and those inside of it."""
    yield field, spec
    if field.item is not None:
        yield from spec_of(field.item, spec["items"])
    elif field.fields is not None and field.fields.fields:
        block = SCHEMA["types"][spec["$ref"].removeprefix("#/types/")]
        yield from specs_of(field.fields, block["properties"])


def specs_of(table: Table, properties: Any) -> Iterator[tuple[Field, Any]]:
    for each in table:
        if camel(each.name) in properties:
            yield from spec_of(each, properties[camel(each.name)])


@proves("F2")
@pytest.mark.parametrize(("kind", "resource"), RESOURCES)
def test_closed_choices_are_enums_where_they_are_given_and_texts_where_they_are_shown(kind: Any, resource: Any) -> None:
    for field, spec in specs_of(kind.table, resource["inputProperties"]):
        if field.choices and not field.open_choices:
            enum = SCHEMA["types"][spec["$ref"].removeprefix("#/types/")]
            assert [each["value"] for each in enum["enum"]] == list(field.choices)
        elif field.type in PRIMITIVES:
            assert spec["type"] == PRIMITIVES[field.type]
    for field, spec in specs_of(kind.table, resource["properties"]):
        # Kaleyra may answer what no choice names: some languages end a program over a value that an enum lacks.
        assert field.type not in PRIMITIVES or "$ref" not in spec


@proves("F2", "F6")
def test_the_provider_takes_every_setting_keeps_the_key_secret_and_reads_no_environment() -> None:
    provider = SCHEMA["provider"]["inputProperties"]
    assert list(provider) == [each.key for each in SETTINGS]
    assert [name for name, each in provider.items() if each.get("secret")] == ["apiKey"]
    assert [name for name, each in SCHEMA["provider"]["properties"].items() if each.get("secret")] == ["apiKey"]
    assert "defaultInfo" not in json.dumps(provider)
    assert "requiredInputs" not in SCHEMA["provider"]  # `pulumi do` would ask for what the environment gives
    assert provider["pod"] == {**provider["pod"], "$ref": "#/types/kaleyra:rcs:Pod"}
    assert [provider[name]["type"] for name in ("maxRetries", "readTimeout", "probe")] == [
        "integer",
        "number",
        "boolean",
    ]


@proves("F2")
def test_configuration_has_plain_types_and_names_the_environment_that_fills_it() -> None:
    variables = SCHEMA["config"]["variables"]
    assert list(variables) == [each.key for each in SETTINGS]
    # The Node.js SDK reads a variable of any other type than a plain text as JSON, which `in` is not.
    assert all("$ref" not in each for each in variables.values())
    ambient = {name: each["defaultInfo"]["environment"] for name, each in variables.items() if "defaultInfo" in each}
    assert ambient == {each.key: [each.env] for each in SETTINGS if each.env and not each.secret}
    assert variables["apiKey"]["secret"] is True


@proves("F2")
@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda each: each.name)
def test_a_function_has_typed_results(function: Any) -> None:
    spec = SCHEMA["functions"][function.token]
    assert list(spec["outputs"]["properties"]) == [camel(each.name) for each in function.result]
    assert spec["outputs"]["required"] == [camel(name) for name in function.sure]
    # A property of any type makes the generated Python class fail: it asks isinstance of typing.Any.
    assert all(each.get("$ref") != "pulumi.json#/Any" for each in spec["outputs"]["properties"].values())


def test_lists_of_look_ups_hold_what_a_read_returns_and_promise_the_id_alone() -> None:
    for kind, sure in zip(OBJECTS, (["agentNumber"], ["agentNo", "phoneno"]), strict=True):
        found = SCHEMA["types"][f"kaleyra:rcs:Found{kind.name.capitalize()}"]
        assert list(found["properties"]) == [camel(each.name) for each in kind.table.read]
        assert found["required"] == sure
    assert "required" not in SCHEMA["types"]["kaleyra:rcs:FoundPhone"]
    assert SCHEMA["types"]["kaleyra:rcs:Phone"]["required"] == ["labelText", "isTollFree", "number"]


def descriptions(spec: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every description, by its path; properties may be called so themselves."""
    if isinstance(spec, dict):
        if isinstance(spec.get("description"), str):
            yield path, spec["description"]
        for name, each in spec.items():
            yield from descriptions(each, f"{path}/{name}")


@proves("F2")
def test_everything_is_described_in_names_that_every_language_has() -> None:
    texts = dict(descriptions(SCHEMA))
    for path, text in texts.items():
        assert set(re.findall(r"\b[a-z]+(?:_[a-z]+)+\b", text)) <= {"adopt_identical"}, path  # a value
        assert not re.search(r"Rcs[A-Z]|Args|Python|dict\b|docs/|\.md\b|TypedDict", text), path
        assert text.endswith("."), path
    for holder in (*SCHEMA["resources"].values(), *SCHEMA["types"].values(), *SCHEMA["functions"].values()):
        assert holder["description"]
    for kind in OBJECTS:
        inputs = SCHEMA["resources"][kind.package_token]["inputProperties"]
        assert all(each["description"] for each in inputs.values())


def test_an_input_says_its_limits_its_default_and_what_a_change_does() -> None:
    inputs = SCHEMA["resources"]["kaleyra:rcs:Agent"]["inputProperties"]
    said = {name: each["description"] for name, each in inputs.items()}
    assert said["displayName"] == (
        "Name shown to users. At most 40 characters. A change is refused once the agent is verified."
    )
    assert said["rcsProviderId"].endswith("`1` unless given. Another value replaces the agent.")
    assert said["deletionPolicy"].endswith("The provider's `deletionPolicy` unless given.")
    tester = SCHEMA["resources"]["kaleyra:rcs:Tester"]["inputProperties"]
    assert tester["agentNo"]["description"].startswith("Number of the agent to test, `agentNumber` of an `Agent`.")


def test_a_choice_has_a_name_without_underscores_that_every_language_spells_its_own_way() -> None:
    found = SCHEMA["types"]["kaleyra:rcs:HostingRegion"]["enum"]
    assert {"name": "AsiaPacific", "value": "ASIA_PACIFIC"} in found
    assert {"name": "Unspecified", "value": "HOSTING_REGION_UNSPECIFIED"} in found


def test_a_member_has_another_name_in_csharp_where_its_class_has_it() -> None:
    assert SCHEMA["types"]["kaleyra:rcs:Email"]["properties"]["email"]["language"] == {"csharp": {"name": "EmailValue"}}


def test_what_the_package_says_of_itself_is_what_the_python_package_says() -> None:
    told = metadata("kaleyra-rcs")
    assert told["License-Expression"] == SCHEMA["license"]
    assert [each.strip() for each in told["Keywords"].split(",")][:3] == list(schema.KEYWORDS[:3])


VERSIONS = {
    "1.2.3": "1.2.3",
    "1.2.3rc1": "1.2.3-rc.1",
    "1.2.3a2": "1.2.3-alpha.2",
    "1.2.3.dev4": "1.2.3-dev.4",
    "1.2.3.dev4+g1a2b": "1.2.3-dev.4+g1a2b",
    "1.2.3rc1.dev4": "1.2.3-rc.1.dev4",
}


@pytest.mark.parametrize(("version", "shown"), VERSIONS.items())
def test_the_version_is_one_that_every_language_reads(version: str, shown: str) -> None:
    assert semantic(version) == shown


def test_a_release_that_says_where_it_is_has_it_in_the_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "pluginDownloadURL" not in SCHEMA
    monkeypatch.setattr(schema, "PLUGIN_DOWNLOAD_URL", "https://www.example.com/releases")
    assert package_schema()["pluginDownloadURL"] == "https://www.example.com/releases"
