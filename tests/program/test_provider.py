"""Explicit providers: their arguments are the settings, and their key stays secret."""

from __future__ import annotations

import inspect
from typing import Any

import pulumi
import pytest
from programs import run
from proves import proves

from rcs_provider import Provider
from rcs_provider.core.settings import EXPLICIT, SETTINGS, Settings, load_settings
from rcs_provider.program.options import with_policy

EVERY: dict[str, Any] = {
    "pod": "na",
    "sid": "HXNA0000000001NA",
    "api_key": "canary-key-77aa",
    "endpoint": "https://rcs.example",
    "deletion_policy": "delete",
    "on_existing": "error",
    "connect_timeout": 3,
    "read_timeout": 4.5,
    "operation_timeout": 60,
    "max_retries": 2,
    "requests_per_second": 0.5,
    "workers": 24,
    "debug": True,
}


def _seen(**given: Any) -> dict[str, Any]:
    def program() -> None:
        Provider("na", **given)

    return run(program).only().inputs


def _settings(props: dict[str, Any]) -> Any:
    texts = {name.removeprefix("rcs:"): value for name, value in props.items()}
    return load_settings(
        lambda key: _plain(texts.get(key)), {"KALEYRA_POD": "in", "KALEYRA_SID": "OTHER", "KALEYRA_API_KEY": "x"}
    )


def _plain(value: Any) -> Any:
    return value["value"] if isinstance(value, dict) else value


@proves("A14")
def test_its_arguments_are_exactly_the_settings() -> None:
    arguments = [each for each in inspect.signature(Provider).parameters if each not in ("resource_name", "opts")]
    assert arguments == [each.name for each in SETTINGS]


def test_only_pod_and_sid_are_mandatory() -> None:
    parameters = inspect.signature(Provider).parameters.values()
    assert [each.name for each in parameters if each.default is inspect.Parameter.empty] == [
        "resource_name",
        "pod",
        "sid",
    ]


def test_each_argument_takes_what_its_setting_holds() -> None:
    arguments, settings = Provider.__init__.__annotations__, Settings.__annotations__
    for name in (each.name for each in SETTINGS):
        held = settings[name].removesuffix(" | None")
        # The policy is never an output: it would be known too late to protect the agent or not.
        taken = held if name == "deletion_policy" else f"Input[{held}]"
        assert arguments[name].removesuffix(" | None") == taken


@proves("E8")
def test_whatever_it_is_given_arrives_as_the_setting_of_that_name() -> None:
    settings = _settings(_seen(**EVERY))
    assert settings.problems == ()
    assert {name: getattr(settings, name) for name in EVERY} == EVERY


@proves("A14")
def test_what_is_left_out_has_its_default_and_nothing_comes_from_the_environment() -> None:
    settings = _settings(_seen(pod="na", sid="S"))
    assert settings.api_key is None
    assert {each.name: getattr(settings, each.name) for each in SETTINGS} == {
        **{each.name: each.default for each in SETTINGS}, "pod": "na", "sid": "S",
    }  # fmt: skip


@proves("E9")
def test_the_key_is_secret_and_the_rest_is_not() -> None:
    props = _seen(**EVERY)
    secret = [name for name, value in props.items() if isinstance(value, dict)]
    assert secret == ["rcs:apiKey"]


@proves("E8")
def test_values_that_are_outputs_of_other_resources_arrive_as_the_same_texts() -> None:
    """Numbers of other resources are floats."""

    def made() -> dict[str, Any]:
        props: dict[str, Any] = {}

        def program() -> None:
            Provider(
                "na",
                **{
                    name: pulumi.Output.from_input(float(each) if type(each) is int else each)
                    for name, each in EVERY.items()
                },
            )

        props.update(run(program).only().inputs)
        return props

    settings = _settings(made())
    assert settings.problems == ()
    assert {name: getattr(settings, name) for name in EVERY} == EVERY


def test_it_is_a_provider_of_the_package_that_serves_python_and_marks_itself() -> None:
    def program() -> None:
        Provider("na", pod="na", sid="S")

    seen = run(program).only()
    assert seen.kind == "pulumi:providers:pulumi-python"
    assert seen.inputs[f"rcs:{EXPLICIT}"] == "true"


@proves("D13", "D29")
@pytest.mark.parametrize("policy", [None, "retain"])
def test_an_agent_takes_the_policy_of_the_provider_that_it_uses(policy: str | None) -> None:
    opts = pulumi.ResourceOptions

    def program() -> None:
        account = Provider("na", pod="na", sid="S", deletion_policy=policy)
        for given in (opts(provider=account), opts(providers=[account]), opts(providers={"pulumi-python": account})):
            found.append(with_policy({}, given)[1])
            team = pulumi.ComponentResource("proof:index:Team", f"team-{len(found)}", None, given)
            found.append(with_policy({}, opts(parent=team))[1])

    found: list[pulumi.ResourceOptions] = []
    run(program)
    assert [(each.protect, each.retain_on_delete) for each in found] == [
        (None, True) if policy == "retain" else (True, None)
    ] * 6
