"""The table of a tester holds what the pages say and what was decided."""

from __future__ import annotations

from proves import proves

from rcs_provider.core.fields import Compare, Role
from rcs_provider.objects.tester.fields import TABLE


def test_a_registration_sends_the_two_documented_keys() -> None:
    assert [each.key for each in TABLE.sent] == ["agent_no", "phoneno"]


@proves("B10")
def test_another_agent_or_phone_is_another_tester() -> None:
    assert [each.name for each in TABLE.inputs if each.role is Role.REPLACE] == ["agent_no", "phoneno"]
    assert TABLE["phoneno"].compare is Compare.PHONE
    assert [each.name for each in TABLE.inputs if each.unknown_replaces] == ["agent_no"]


@proves("B14")
def test_resend_and_the_other_settings_are_kept_here_alone() -> None:
    assert [each.name for each in TABLE.inputs if each.role is Role.SETTING] == ["resend", "on_existing", "pod", "sid"]


@proves("B2")
def test_every_other_key_of_the_documented_row_is_an_output() -> None:
    assert [(each.name, each.key) for each in TABLE.outputs] == [
        ("uuid", "id"), ("status", "status"), ("test_status", "test_status"),
        ("override_dcs_check", "override_dcs_check"), ("carrierid", "carrierid"),
    ]  # fmt: skip
