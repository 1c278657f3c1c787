"""The deletion policy, on the engine's own options."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pulumi
import pytest
from proves import proves

from rcs_provider.program.options import with_policy, with_secrets

if TYPE_CHECKING:
    from collections.abc import Iterator

OPTIONS: dict[str, dict[str, bool | None]] = {
    "prevent": {"protect": True, "retain_on_delete": None, "delete_before_replace": True},
    "retain": {"protect": None, "retain_on_delete": True, "delete_before_replace": None},
    "delete": {"protect": None, "retain_on_delete": None, "delete_before_replace": True},
}


@pytest.fixture(autouse=True)
def no_stack_configuration() -> Iterator[None]:
    pulumi.runtime.set_all_config({})
    yield
    pulumi.runtime.set_all_config({})


def _options(inputs: dict[str, Any], opts: pulumi.ResourceOptions | None = None) -> dict[str, bool | None]:
    found = with_policy(inputs, opts)[1]
    return {name: getattr(found, name) for name in ("protect", "retain_on_delete", "delete_before_replace")}


@proves("D13")
@pytest.mark.parametrize("policy", OPTIONS)
def test_a_policy_is_the_engines_own_options(policy: str) -> None:
    assert _options({"deletion_policy": policy}) == OPTIONS[policy]


@proves("B7", "D13")
def test_agents_are_protected_unless_somebody_says_otherwise() -> None:
    # The policy of the account is the provider's to fill in: it alone knows for certain which account that is.
    assert with_policy({}, None)[0] == {}
    assert _options({}) == OPTIONS["prevent"]


@proves("D13")
@pytest.mark.parametrize("policy", OPTIONS)
def test_the_stack_sets_the_policy_and_a_resource_overrides_it(policy: str) -> None:
    pulumi.runtime.set_all_config({"kaleyra:deletionPolicy": policy})
    assert _options({}) == OPTIONS[policy]
    assert _options({"deletion_policy": "retain"}) == OPTIONS["retain"]


@proves("D13")
@pytest.mark.parametrize("wrong", ["never", "", 7, ["delete"]])
def test_a_policy_that_is_none_protects_until_check_refuses_it(wrong: Any) -> None:
    assert _options({"deletion_policy": wrong}) == OPTIONS["prevent"]


@proves("E7")
@pytest.mark.parametrize(
    ("opts", "found"),
    [
        ({"protect": False}, {"protect": False, "retain_on_delete": None, "delete_before_replace": True}),
        ({"delete_before_replace": False}, {"protect": True, "retain_on_delete": None, "delete_before_replace": False}),
        (
            {"retain_on_delete": True, "protect": True},
            {"protect": True, "retain_on_delete": True, "delete_before_replace": None},
        ),
    ],
)
def test_an_option_that_the_program_sets_itself_wins(opts: dict[str, Any], found: dict[str, Any]) -> None:
    assert _options({}, pulumi.ResourceOptions(**opts)) == found


@proves("D13")
@pytest.mark.parametrize(
    ("opts", "policy"),
    [({"retain_on_delete": True}, "retain"), ({"protect": False}, "delete")],
)
def test_an_option_that_the_program_sets_tells_its_policy_where_it_names_none(
    opts: dict[str, Any], policy: str
) -> None:
    assert with_policy({}, pulumi.ResourceOptions(**opts))[0] == {"deletion_policy": policy}


@proves("E7")
def test_all_other_options_stay_as_they_are() -> None:
    given = pulumi.ResourceOptions(
        ignore_changes=["color"], replace_on_changes=["description"], additional_secret_outputs=["phones"]
    )
    found = with_policy({"deletion_policy": "delete"}, given)[1]
    assert (found.ignore_changes, found.replace_on_changes, found.additional_secret_outputs) == (
        ["color"],
        ["description"],
        ["phones"],
    )
    assert given.delete_before_replace is None, "the program's own options are not changed"


def test_the_programs_inputs_are_not_changed() -> None:
    given: dict[str, Any] = {"color": "#000000"}
    with_policy(given, None)
    assert given == {"color": "#000000"}


@proves("E22")
@pytest.mark.parametrize("is_whole", [False, True])
def test_the_second_place_of_a_restricted_value_is_secret_where_it_may_be(*, is_whole: bool) -> None:
    async def options() -> pulumi.ResourceOptions:  # an output needs a loop
        secret: Any = pulumi.Output.secret
        brand = secret({"brand_no": "1"}) if is_whole else {"brand_no": secret("8032")}
        return with_secrets({"brand_details": brand}, pulumi.ResourceOptions(additional_secret_outputs=["uuid"]))

    assert set(asyncio.run(options()).additional_secret_outputs or ()) == {"uuid", "__declared"}
    assert (
        with_secrets({"brand_details": {"brand_no": "1"}}, pulumi.ResourceOptions()).additional_secret_outputs is None
    )
