"""What each rule finds, and what it leaves alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from rcs_policy.catalogue import RULES, Rule, configured
from rcs_policy.declared import AGENT, TESTER, Declared
from rcs_provider.core.fields import UNKNOWN
from rcs_provider.objects.agent.fields import TABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

BY_NAME: Final = {rule.name: rule for rule in RULES}


def urn(kind: str, name: str, stack: str = "dev") -> str:
    return f"urn:pulumi:{stack}::proof::{kind}::{name}"


def agent(name: str = "support", stack: str = "dev", **more: Any) -> Declared:
    """A protected agent; `more` are attributes, and whatever else are properties."""
    attributes = {key: more.pop(key) for key in ("protect", "provider") if key in more}
    properties = {"deletion_policy": "prevent", **more}
    return Declared(
        kind=AGENT, urn=urn(AGENT, name, stack), name=name, properties=properties, **{"protect": True, **attributes}
    )


def handset(
    name: str, agent_no: Any, *sources: Declared, stack: str = "dev", phoneno: Any = "919000000001"
) -> Declared:
    return Declared(
        kind=TESTER,
        urn=urn(TESTER, name, stack),
        name=name,
        properties={"agent_no": agent_no, "phoneno": phoneno},
        depends={"agent_no": [each.urn for each in sources]},
    )


def found(name: str, resources: Sequence[Declared], **options: Any) -> list[tuple[str, str]]:
    """Name of the resource and message of each finding."""
    rule = BY_NAME[name]
    return [
        (each.urn.rsplit("::", 1)[-1], each.message) for each in rule.check(resources, {**rule.defaults, **options})
    ]


def about(name: str, *resources: Declared, **options: Any) -> list[str]:
    """Names of the resources that a rule finds something wrong with."""
    return [resource for resource, _ in found(name, resources, **options)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_is_content_with_a_sound_stack_and_with_nothing_known(rule: Rule) -> None:
    sound = agent(logo_url="https://www.example.com/logo.png", provider={"kaleyra:deletionPolicy": "prevent"})
    unknown = {each.name: UNKNOWN for each in TABLE.inputs}
    dark = agent("dark", protect=True, **unknown, provider={"kaleyra:deletionPolicy": UNKNOWN})
    handsets = [handset("first", "1", stack="prod"), handset("second", UNKNOWN, stack="prod", phoneno=UNKNOWN)]
    kinds = {AGENT: [sound, dark], TESTER: handsets[1:], None: [sound, dark, *handsets]}
    assert list(rule.check(kinds[rule.about], rule.defaults)) == []


def test_an_agent_without_protection_is_kept_only_by_a_list() -> None:
    free = agent(protect=False, deletion_policy="delete")
    assert about("rcs-agents-are-kept", free) == ["support"]
    assert about("rcs-agents-are-kept", free, retainable=["*"]) == ["support"]
    assert about("rcs-agents-are-kept", free, deletable=["trial-*"]) == ["support"]
    assert about("rcs-agents-are-kept", free, deletable=["supp*"]) == []


def test_an_agent_that_is_only_forgotten_may_be_on_either_list() -> None:
    forgotten = agent(protect=False, deletion_policy="retain")
    assert about("rcs-agents-are-kept", forgotten) == ["support"]
    assert about("rcs-agents-are-kept", forgotten, retainable=["support"]) == []
    assert about("rcs-agents-are-kept", forgotten, deletable=["support"]) == []


def test_what_counts_is_the_engines_protect_and_not_the_policys_name() -> None:
    assert about("rcs-agents-are-kept", agent(protect=False, deletion_policy="prevent"), retainable=["*"]) == [
        "support"
    ]
    assert about("rcs-agents-are-kept", agent(protect=True, deletion_policy="delete")) == []


def test_a_deletion_policy_that_nobody_set_is_found() -> None:
    assert about("rcs-deletion-policy-is-set", agent()) == ["support"]
    for key in ("kaleyra:deletionPolicy", "rcs:deletionPolicy"):  # the second of an explicit provider
        assert about("rcs-deletion-policy-is-set", agent(provider={key: "prevent"})) == []
    assert about("rcs-deletion-policy-is-set", agent(deletion_policy="retain")) == []


def test_a_stack_may_set_only_the_deletion_policies_on_the_list() -> None:
    set_to_delete = agent(provider={"kaleyra:deletionPolicy": "delete"})
    assert found("rcs-deletion-policy-is-set", [set_to_delete], policies=["prevent", "retain"]) == [
        ("support", "kaleyra:deletionPolicy may be: prevent, retain")
    ]
    assert about("rcs-deletion-policy-is-set", set_to_delete) == []


ADDRESSES: Final = [
    ({"logo_url": "http://www.example.com/a.png"}, "logo_url"),
    ({"hero_url": "HTTP://www.example.com/a.png"}, "hero_url"),
    ({"agent_test_url": "//www.example.com"}, "agent_test_url"),
    ({"privacy": {"label_text": "Ours", "website": "http://www.example.com"}}, "privacy.website"),
    ({"terms_conditions": {"website": "http://[", "label_text": "Ours"}}, "terms_conditions.website"),
    ({"website": [{"website": "https://www.example.com"}, {"website": "ftp://www.example.com"}]}, "website[1].website"),
]


@pytest.mark.parametrize(("given", "path"), ADDRESSES, ids=[path for _, path in ADDRESSES])
def test_an_address_that_is_not_https_is_found_by_its_path(given: dict[str, Any], path: str) -> None:
    assert found("rcs-addresses-are-https", [agent(**given)]) == [("support", f"{path}: must be an https address")]


def test_every_field_with_an_address_is_among_those() -> None:
    fields = [(each.name, inner) for each in TABLE.inputs for inner in [each, *(each.fields or ()), *_items(each)]]
    assert {name for name, inner in fields if inner.format in ("link", "picture")} == {
        path.split(".")[0].split("[")[0] for _, path in ADDRESSES
    }


def _items(each: Any) -> Sequence[Any]:
    return tuple(each.item.fields or ()) if each.item is not None else ()


def test_https_is_not_asked_of_hosts_on_the_list_and_of_texts_that_are_no_addresses() -> None:
    inside = agent(logo_url="http://pictures.corp.example/a.png", description="See http://www.example.com")
    assert about("rcs-addresses-are-https", inside) == ["support"]
    assert about("rcs-addresses-are-https", inside, exceptHosts=["*.corp.example"]) == []
    assert about("rcs-addresses-are-https", agent(hero_url="HTTPS://www.example.com/a.png")) == []


def test_testers_are_counted_for_each_agent_by_itself() -> None:
    support, offers = agent(agent_number="1"), agent("offers", agent_number="2")
    resources = [
        support,
        offers,
        *(handset(f"s{i}", "1") for i in range(3)),
        *(handset(f"o{i}", "2") for i in range(2)),
    ]
    assert found("rcs-testers-per-agent", resources, most=2.0) == [
        ("support", "3 testers are declared for one agent, at most 2 are allowed")
    ]
    assert about("rcs-testers-per-agent", *resources, most=3.0) == []


def test_testers_of_an_agent_that_has_no_number_yet_are_counted_by_where_the_number_comes_from() -> None:
    support, offers = agent(), agent("offers")
    resources = [support, offers, *(handset(f"s{i}", UNKNOWN, support) for i in range(3))]
    assert about("rcs-testers-per-agent", *resources, handset("o", UNKNOWN, offers), most=2) == ["support"]


def test_testers_of_an_agent_of_another_stack_are_counted_by_its_number() -> None:
    handsets = [handset(f"h{i}", "71732") for i in range(2)]
    assert about("rcs-testers-per-agent", *handsets, handset("other", "71733"), most=1) == ["h0"]


def test_testers_whose_agent_cannot_be_told_are_left_out() -> None:
    support, offers = agent(), agent("offers")
    handsets = [handset("mixed", UNKNOWN, support, offers), handset("dark", UNKNOWN), handset("darker", UNKNOWN)]
    assert about("rcs-testers-per-agent", support, offers, *handsets, most=0) == []


def test_names_and_codes_match_as_a_whole() -> None:
    named = agent(display_name="ACME Support", service_code="ACME_SUPPORT")
    assert found("rcs-names-match", [named], displayName="ACME", serviceCode="acme_.*") == [
        ("support", "display_name: must match ACME"),
        ("support", "service_code: must match acme_.*"),
    ]
    assert about("rcs-names-match", named, displayName="ACME .*", serviceCode="ACME_[A-Z]+") == []
    assert about("rcs-names-match", named) == []


def test_regions_and_billing_are_held_to_the_lists_in_any_spelling() -> None:
    hosted = agent(hosting_region="EUROPE", billing_category="NON-CONVERSATIONAL")
    assert about("rcs-allowed-values", hosted, hostingRegions=["ASIA_PACIFIC"]) == ["support"]
    assert about("rcs-allowed-values", hosted, hostingRegions=["ASIA_PACIFIC", "EUROPE"]) == []
    assert about("rcs-allowed-values", hosted, billingCategories=["CONVERSATIONAL"]) == ["support"]
    assert about("rcs-allowed-values", hosted, billingCategories=["single_message"]) == []


@pytest.mark.parametrize(("stack", "number", "wrong"), [
    ("prod-in", "+91 90000 00001", True),
    ("production", "919000000002", True),
    ("production", "+91 (0)90000 00002", True),
    ("prod-in", "+44 7700 900000", False),
    ("dev", "919000000001", False),
])  # fmt: skip
def test_test_numbers_stay_out_of_production_only(stack: str, number: str, *, wrong: bool) -> None:
    pilot = handset("pilot", "1", stack=stack, phoneno=number)
    assert about("rcs-no-test-numbers", pilot, numbers=["9190000*"]) == (["pilot"] if wrong else [])


def test_no_finding_shows_a_value() -> None:
    secret = agent(
        protect=False,
        deletion_policy="hush-1",
        logo_url="http://hush-2.example.com",
        display_name="hush-3",
        service_code="hush-4",
        hosting_region="hush-5",
        billing_category="hush-6",
        provider={"kaleyra:deletionPolicy": "hush-7"},
    )
    handsets = [handset(f"t{i}", "hush-8", stack="prod", phoneno="hush-9") for i in range(2)]
    options = {"displayName": "x", "serviceCode": "x", "hostingRegions": ["EUROPE"], "billingCategories": ["x"]}
    kinds = {AGENT: [secret], TESTER: handsets, None: [secret, *handsets]}
    said = [
        each.message
        for rule in RULES
        for each in rule.check(kinds[rule.about], {**rule.defaults, **options, "most": 1, "numbers": ["*"]})
    ]
    assert len(said) == 10
    assert "hush" not in " ".join(said)


def test_a_configured_policy_keeps_its_level_unless_told_otherwise() -> None:
    assert configured(
        {
            "rcs-testers-per-agent": {"most": 3},
            "rcs-no-test-numbers": "mandatory",
            "rcs-names-match": {"enforcementLevel": "advisory", "displayName": "A.*"},
        }
    ) == {
        "rcs-testers-per-agent": {"enforcementLevel": "mandatory", "most": 3},
        "rcs-no-test-numbers": {"enforcementLevel": "mandatory"},
        "rcs-names-match": {"enforcementLevel": "advisory", "displayName": "A.*"},
    }


@pytest.mark.parametrize(("config", "says"), [
    ({"rcs-names": "advisory"}, "there is no policy rcs-names; the policies are: rcs-agents-are-kept, "),
    ({"rcs-names-match": {"name": "A"}}, "rcs-names-match: there is no option name; the options are: displayName, "),
    ({"rcs-names-match": "strict"}, "rcs-names-match: enforcementLevel must be one of mandatory, advisory, disabled"),
])  # fmt: skip
def test_a_misspelt_configuration_is_refused(config: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        configured(config)
