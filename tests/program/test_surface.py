"""What programs see: names, arguments, outputs, type tokens, and what importing costs."""

from __future__ import annotations

import inspect
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from programs import run
from proves import proves
from samples import ALL_INPUTS, LEAST, PHONE, copied

import rcs_provider
from rcs_provider import RcsAgent, RcsAgentArgs, RcsTester, RcsTesterArgs
from rcs_provider.core.fields import Role, Table, Type
from rcs_provider.objects.agent.fields import TABLE as AGENT
from rcs_provider.objects.tester.fields import TABLE as TESTER

if TYPE_CHECKING:
    from collections.abc import Callable

    import pulumi

TOKENS = {RcsAgent: "pulumi-python:dynamic/rcs:RcsAgent", RcsTester: "pulumi-python:dynamic/rcs:RcsTester"}
RESOURCES: list[tuple[Any, Any, Table]] = [(RcsAgent, RcsAgentArgs, AGENT), (RcsTester, RcsTesterArgs, TESTER)]
EACH = pytest.mark.parametrize(("resource", "args", "table"), RESOURCES, ids=["agent", "tester"])
ACCOUNT = ("pod", "sid")
TEXTS = {Type.TEXT: "str", Type.FLAG: "bool", Type.NUMBER: "float"}


def test_the_public_names_are_these_sorted_and_all_there() -> None:
    assert rcs_provider.__all__ == [
        "BrandDetailsArgs", "EmailArgs", "GetAgentResult", "GetAgentsResult", "GetBrandsResult", "GetMastersResult",
        "GetTesterResult", "GetTestersResult", "LinkArgs", "PhoneArgs", "Provider", "RcsAgent", "RcsAgentArgs",
        "RcsTester", "RcsTesterArgs", "__version__", "get_agent", "get_agent_output", "get_agents", "get_agents_output",
        "get_brands", "get_brands_output", "get_masters", "get_masters_output", "get_testers", "get_testers_output",
    ]  # fmt: skip
    assert rcs_provider.__all__ == sorted(rcs_provider.__all__)
    assert all(hasattr(rcs_provider, name) for name in rcs_provider.__all__)


def test_everything_public_that_is_imported_is_in_the_list() -> None:
    public = (inspect.isclass, inspect.isfunction)
    names = {
        name for name, each in vars(rcs_provider).items() if name[0] != "_" and any(is_one(each) for is_one in public)
    }
    assert names <= set(rcs_provider.__all__)


def test_everything_public_is_documented() -> None:
    assert rcs_provider.__doc__
    assert all(inspect.getdoc(getattr(rcs_provider, name)) for name in rcs_provider.__all__)


@proves("E21")
def test_the_version_is_one_text() -> None:
    assert rcs_provider.__version__.count(".") >= 1


@proves("E1")
@EACH
def test_the_arguments_are_the_inputs_of_the_table(resource: Any, args: Any, table: Table) -> None:
    del resource
    declared = {each.name for each in table.inputs if each.name not in ACCOUNT}
    assert set(args.__annotations__) == declared
    assert args.__required_keys__ == {each.name for each in table.inputs if each.required} - set(ACCOUNT)


@proves("E1")
@pytest.mark.parametrize("name", ["PhoneArgs", "EmailArgs", "LinkArgs", "BrandDetailsArgs"])
def test_the_arguments_of_nested_blocks_are_those_of_the_table(name: str) -> None:
    args = getattr(rcs_provider, name)
    tables = [each.inner for each in AGENT.inputs]
    found = [each for each in tables if each is not None and {one.name for one in each} == set(args.__annotations__)]
    assert found
    assert args.__required_keys__ == {each.name for each in found[0] if each.required}


def _outputs(resource: Any) -> dict[str, Any]:
    return inspect.get_annotations(resource)


@proves("E3")
@EACH
def test_every_field_of_the_table_is_an_output_and_nothing_else_is(resource: Any, args: Any, table: Table) -> None:
    del args
    assert set(_outputs(resource)) | ({"agent_number"} & set(vars(resource))) == {each.name for each in table}


@proves("E3")
@EACH
def test_every_output_has_the_type_of_its_field(resource: Any, args: Any, table: Table) -> None:
    del args
    for name, hint in _outputs(resource).items():
        field, text = table[name], str(hint)
        if field.type is Type.LIST:
            assert "Sequence[" in text, name
        elif field.type is Type.BLOCK:
            assert "Mapping[str, Any]" in text, name
        else:
            assert TEXTS[field.type] in text, name
        optional = not field.required or (field.role is Role.READ_ONLY)
        assert ("None" in text) is (optional and field.default is None), name


@proves("E3")
@EACH
def test_every_field_that_may_be_missing_is_documented_as_that(resource: Any, args: Any, table: Table) -> None:
    del args
    assert all(each.doc for each in table)
    assert resource.__doc__


# programs with the SDK's mocks


def _agent_of(**given: Any) -> Any:
    return RcsAgent("support", **{**copied(dict(LEAST)), **given})


@proves("E4")
def test_each_resource_has_a_type_token_of_its_own() -> None:
    def program() -> None:
        _agent_of()
        RcsTester("pilot", agent_no="71732", phoneno=PHONE)

    # SDKs differ in the order in which they register the two.
    assert sorted(each.kind for each in run(program).resources) == list(TOKENS.values())


@proves("E1")
@pytest.mark.parametrize("way", ["keywords", "args", "both"])
def test_keywords_and_one_args_object_mean_the_same(way: str) -> None:
    whole = copied(dict(ALL_INPUTS))
    half = {name: whole[name] for name in list(whole)[:8]}
    rest = {name: whole[name] for name in list(whole)[8:]}

    def program() -> None:
        if way == "keywords":
            RcsAgent("support", **whole)
        elif way == "args":
            RcsAgent("support", RcsAgentArgs(**whole))
        else:
            make: Any = RcsAgent
            make("support", half, **rest)

    seen = run(program).only()
    assert {name: value for name, value in seen.inputs.items() if name != "__provider"} == whole


@proves("B1")
def test_a_testers_agent_may_be_the_output_of_an_agent() -> None:
    def program() -> None:
        agent = _agent_of()
        RcsTester("pilot", agent_no=agent.agent_number, phoneno=PHONE)

    tester = run(program).of(TOKENS[RcsTester])[0]
    assert tester.inputs["agent_no"] == "support-id"


@proves("E3")
def test_every_output_of_both_resources_is_an_attribute() -> None:
    found: dict[str, Any] = {}

    def program() -> list[pulumi.Output[Any]]:
        agent, tester = _agent_of(), RcsTester("pilot", agent_no="71732", phoneno=PHONE)
        outputs = [(agent, each.name) for each in AGENT] + [(tester, each.name) for each in TESTER]
        return [getattr(one, name).apply(lambda value, name=name: found.update({name: value})) for one, name in outputs]

    run(program)
    assert set(found) == {each.name for each in (*AGENT, *TESTER)}
    assert (found["agent_number"], found["display_name"], found["phoneno"]) == ("support-id", "Support", PHONE)


@proves("B7", "D13")
def test_an_agent_carries_the_policy_that_protects_it() -> None:
    assert run(lambda: _agent_of(deletion_policy="delete")).only().inputs["deletion_policy"] == "delete"
    # That of the stack is the provider's to fill in.
    assert "deletion_policy" not in run(_agent_of, config={"kaleyra:deletionPolicy": "delete"}).only().inputs


def test_the_same_arguments_may_be_used_twice() -> None:
    args = RcsTesterArgs(agent_no="71732", phoneno=PHONE)
    before = dict(args)

    def program() -> None:
        RcsTester("one", args)
        RcsTester("two", args)

    assert len(run(program).resources) == 2
    assert args == before


@proves("P2")
def test_the_same_bytes_of_the_provider_stand_in_every_resource() -> None:
    def program() -> None:
        for place in range(50):
            RcsTester(f"t{place}", agent_no="71732", phoneno=f"9190000000{place:02}")

    found = {str(each.inputs["__provider"]) for each in run(program).resources}
    assert len(found) == 1


@proves("E5")
def test_get_asks_for_the_id_and_declares_nothing() -> None:
    def program() -> None:
        RcsAgent.get("seen", "71732")
        RcsTester.get("pilot", "71732", PHONE)

    # SDKs differ in the order in which they register the two.
    agent, tester = sorted(run(program).resources, key=lambda each: each.kind)
    assert (agent.kind, agent.id) == (TOKENS[RcsAgent], "71732")
    assert (tester.kind, tester.id) == (TOKENS[RcsTester], f"71732/{PHONE}")
    assert set(agent.inputs) <= {"__provider"}


@proves("E5")
def test_get_of_a_tester_takes_an_output_as_its_agent() -> None:
    def program() -> None:
        RcsTester.get("pilot", _agent_of().agent_number, PHONE)

    assert run(program).of(TOKENS[RcsTester])[0].id == f"support-id/{PHONE}"


def test_the_constructor_of_get_leaves_no_policy_on_an_agent_that_is_only_looked_at() -> None:
    assert "deletion_policy" not in run(lambda: RcsAgent.get("seen", "1")).only().inputs


# what an import costs


def _python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_importing_the_package_loads_no_schema_and_no_phone_tables() -> None:
    code = (
        "import sys, rcs_provider\n"
        "print([name for name in ('jsonschema', 'phonenumbers', 'click', 'rich') if name in sys.modules])\n"
    )
    assert _python(code) == "[]\n"


def test_importing_the_package_reads_no_environment_and_writes_nothing() -> None:
    code = (
        "import os, logging\n"
        "os.environ.update(KALEYRA_POD='nonsense', KALEYRA_API_KEY='two words')\n"
        "import rcs_provider, sys\n"
        "assert not logging.getLogger('rcs_provider').handlers\n"
        "assert not hasattr(sys, 'tracebacklimit')\n"
    )
    assert _python(code) == ""


@pytest.mark.parametrize(
    "module",
    [
        "rcs_provider.dynamic",
        "rcs_provider.dynamic.engine_call",
        "rcs_provider.dynamic.sdk_gaps",
        "rcs_provider.objects.agent",
        "rcs_provider.program.provider",
        "rcs_provider.program.lookups",
    ],
)
def test_every_module_may_be_imported_first(module: str) -> None:
    _python(f"import {module}")


@proves("P3")
def test_the_path_in_state_loads_in_a_fresh_process() -> None:
    code = (
        "import base64, dill\n"
        "text = 'gASVLQAAAAAAAACMFHJjc19wcm92aWRlci5keW5hbWljlIwEbG9hZJSTlIwFYWdlbnSUhZRSlC4='\n"
        "print(type(dill.loads(base64.b64decode(text))).__name__)\n"
    )
    assert _python(code) == "RcsProvider\n"


def test_every_kind_has_its_resource() -> None:
    made: list[Callable[..., Any]] = [each for each, *_ in RESOURCES]
    assert [each.__name__ for each in made] == ["RcsAgent", "RcsTester"]
