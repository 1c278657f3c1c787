"""Whose settings a provider has: those of the stack and the environment, or only its own."""

from __future__ import annotations

import pytest
from proves import proves
from samples import KEY, SID

from rcs_provider.plugin.configuration import is_explicit, settings_of

PROVIDER = "urn:pulumi:dev::proof::pulumi:providers:kaleyra::"


@proves("F6")
@pytest.mark.parametrize(
    ("name", "explicit"), [("default", False), ("default_0_1_0", False), ("", False), ("na", True), ("defaults", True)]
)
def test_only_a_provider_that_a_program_made_takes_nothing_from_the_environment(name: str, explicit: bool) -> None:
    environ = {"KALEYRA_POD": "in", "KALEYRA_SID": SID, "KALEYRA_API_KEY": KEY}
    found = settings_of(PROVIDER + name, {}, environ)
    assert is_explicit(PROVIDER + name) is explicit
    assert (found.sid, found.api_key) == ((None, None) if explicit else (SID, KEY))
