"""The table of an agent holds what the pages say and what was decided."""

from __future__ import annotations

from typing import get_args

from fakes import every
from proves import proves

from rcs_provider.core.fields import Compare, Role
from rcs_provider.core.settings import DELETION_POLICIES, ON_EXISTING
from rcs_provider.objects.agent import fields
from rcs_provider.objects.agent.fields import TABLE

CREATE_PAGE = (
    "agent_type", "display_name", "logo_url", "hero_url", "default_locale", "agent_test_url", "end_point_config",
    "primary_interaction_type", "service_code", "description", "phones", "emails", "privacy", "terms_conditions",
    "color", "billing_category", "agent_use_case", "hosting_region", "languages", "rcs_provider_id", "website",
    "brand_details",
)  # fmt: skip


def test_every_field_of_the_create_page_is_an_argument_and_its_status_goes_out_with_a_create_only() -> None:
    assert sorted(each.key for each in TABLE.created) == sorted([*CREATE_PAGE, "status"])
    assert sorted(each.name for each in TABLE.sent) == sorted(CREATE_PAGE)


def test_the_api_names_of_the_arguments_are_their_names() -> None:
    assert [each.name for each in TABLE.inputs if each.key != each.name] == ["initial_status"]


@proves("B2")
def test_every_field_that_only_the_service_owns_is_an_output() -> None:
    assert [(each.name, each.key) for each in TABLE.outputs] == [
        ("uuid", "id"), ("agent_number", "agent_number"), ("provider_agent_id", "provider_agent_id"),
        ("status", "status"), ("integration_status", "integration_status"), ("integration_name", "integration_name"),
        ("verification_name", "verification_name"), ("verification_state", "verification_state"),
    ]  # fmt: skip


def test_what_no_read_returns_is_declared_so() -> None:
    unread = [path for path, _ in every(TABLE, lambda each: not each.returned)]
    assert sorted(unread) == [
        "agent_test_url", "default_locale", "end_point_config", "initial_status", "languages",
        "phones[0].country_code", "primary_interaction_type",
    ]  # fmt: skip
    assert [each.name for each in TABLE.outputs if not each.returned] == [
        "integration_name", "verification_name", "verification_state",
    ]  # fmt: skip


@proves("B5")
def test_what_freezes_with_the_verification_is_the_name_and_the_two_pictures() -> None:
    assert [each.name for each in TABLE if each.freezes] == ["display_name", "logo_url", "hero_url"]


def test_what_an_update_must_echo_is_what_forces_a_replacement() -> None:
    assert [each.name for each in TABLE if each.echo] == [each.name for each in TABLE if each.role is Role.REPLACE]


@proves("D16")
def test_how_values_are_compared_is_as_decided() -> None:
    found = {path: each.compare for path, each in every(TABLE, lambda each: each.compare is not Compare.EXACT)}
    assert found == {
        "logo_url": Compare.IMAGE,
        "hero_url": Compare.IMAGE,
        "phones[0].number": Compare.DIGITS,
        "emails[0].email": Compare.CASE,
        "color": Compare.CASE,
        "billing_category": Compare.BILLING,
        "initial_status": Compare.CASE,
    }
    assert [each.name for each in TABLE if each.item and each.item.compare is Compare.CONTACT] == ["phones"]


def test_closed_lists_agree_with_the_types_of_the_arguments() -> None:
    assert TABLE["agent_use_case"].choices == get_args(fields.AgentUseCase)
    assert TABLE["hosting_region"].choices == get_args(fields.HostingRegion)
    assert TABLE["deletion_policy"].choices == DELETION_POLICIES == ("prevent", "retain", "delete")
    assert TABLE["on_existing"].choices == ON_EXISTING == ("adopt_identical", "adopt", "error")
