"""Keys of a stack's configuration: the settings under their old keys, and the two namespaces."""

from __future__ import annotations

from proves import proves

from rcs_provider.core.settings import SETTINGS
from rcs_provider.objects.stack_keys import data_key, renamed, renaming, unknown, unknown_sections, without_namespace


@proves("E8")
def test_every_setting_under_its_old_key_is_named_with_its_new_key_in_one_line() -> None:
    found = renamed({f"rcs:{each.key}": "canary" for each in reversed(SETTINGS)})
    assert found == list(SETTINGS)
    told = ", ".join(f"rcs:{each.key} is now kaleyra:{each.key}" for each in SETTINGS)
    assert renaming(found) == f"{told}: rename them in the stack's file"


def test_one_old_key_is_told_in_the_singular() -> None:
    assert renaming(renamed(["rcs:pod", "kaleyra:sid"])) == "rcs:pod is now kaleyra:pod: rename it in the stack's file"


def test_neither_new_keys_nor_data_nor_keys_of_others_are_old() -> None:
    keys = [*(each.config_key for each in SETTINGS), "rcs:agents", "rcs:testers", "pod", "shop:pod", "rcs:Pod"]
    assert renamed(keys) == []


@proves("E23")
def test_each_namespace_has_unknown_keys_of_its_own() -> None:
    keys = ["kaleyra:pods", "rcs:agent", "rcs:pod", "kaleyra:agents", "shop:pods", "rcs:agents", "kaleyra:pod"]
    assert [key for key, _ in unknown(keys)] == ["kaleyra:pods", "kaleyra:agents"]
    assert dict(unknown_sections(keys)) == {"rcs:agent": "unknown section; did you mean agents?"}


def test_messages_leave_our_namespaces_out_and_no_others() -> None:
    assert [without_namespace(each) for each in ("kaleyra:pod", data_key("agents"), "shop:agents", "pod")] == [
        "pod",
        "agents",
        "shop:agents",
        "pod",
    ]
