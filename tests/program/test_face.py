"""The face that a stack chooses: what a program registers with either one."""

from __future__ import annotations

from typing import Any, Final

import pulumi
import pytest
from programs import run
from proves import proves
from samples import ALL_INPUTS, LEAST, PHONE, copied

from rcs_provider import Provider, RcsAgent, RcsTester
from rcs_provider._version import __version__, semantic
from rcs_provider.core.codec import DECLARED
from rcs_provider.core.names import camel, renamed
from rcs_provider.core.settings import EXPLICIT, config_key
from rcs_provider.objects import by_name
from rcs_provider.program import face

AGENT: Final = by_name()["agent"]
PLUGIN: Final = {config_key("face"): "plugin"}


def _options(chosen: face.Face, **given: Any) -> pulumi.ResourceOptions:
    return chosen._options(AGENT, pulumi.ResourceOptions(**given))


def _aliases(chosen: face.Face, *given: Any) -> list[Any]:
    return [each if isinstance(each, str) else _told(each) for each in _options(chosen, aliases=given).aliases or ()]


def _told(alias: pulumi.Alias) -> dict[str, Any]:
    return {name: value for name, value in vars(alias).items() if value is not ...}


@proves("F5")
def test_the_plugin_gets_the_types_and_names_of_the_package() -> None:
    def program() -> None:
        made = RcsAgent("support", **copied(dict(ALL_INPUTS)))
        RcsTester("pilot", agent_no=made.agent_number, phoneno=PHONE)

    seen = run(program, config=PLUGIN)
    (support,), (pilot,) = seen.of("kaleyra:rcs:Agent"), seen.of("kaleyra:rcs:Tester")
    assert support.inputs == renamed(dict(ALL_INPUTS), camel)
    assert pilot.inputs == {"agentNo": "support-id", "phoneno": PHONE}


@proves("F5", "E3")
@pytest.mark.parametrize("config", [{}, PLUGIN], ids=["dynamic", "plugin"])
def test_a_program_reads_every_output_by_our_names(config: dict[str, str]) -> None:
    found: dict[tuple[str, str], Any] = {}
    names = ("display_name", "phones", "brand_details", "privacy")
    secret = {**copied(dict(ALL_INPUTS)), "brand_details": {"brand_no": "8032"}}

    def program() -> list[pulumi.Output[Any]]:
        made = RcsAgent("support", **{**secret, "brand_details": {"brand_no": pulumi.Output.secret("8032")}})
        again = RcsAgent("again", **{**secret, "brand_details": made.brand_details, "phones": made.phones})
        return [
            getattr(one, name).apply(lambda value, key=(one.pulumi_resource_name, name): found.update({key: value}))
            for one in (made, again)
            for name in names
        ]

    run(program, config=config)
    assert found == {(one, name): secret[name] for one in ("support", "again") for name in names}


@proves("F5", "A14")
def test_an_explicit_provider_is_one_of_the_package_and_its_properties_are_its_settings() -> None:
    def program() -> None:
        Provider("na", pod="na", sid="S", api_key="canary", max_retries=2, debug=True)

    seen = run(program, config=PLUGIN).only()
    assert seen.kind == "pulumi:providers:kaleyra"
    secret = seen.inputs.pop("apiKey")
    assert secret["value"] == "canary"
    assert seen.inputs == {"pod": "na", "sid": "S", "maxRetries": "2", "debug": "true"}
    assert EXPLICIT not in seen.inputs


@proves("F5", "A14")
@pytest.mark.parametrize("config", [{}, PLUGIN], ids=["dynamic", "plugin"])
def test_resources_and_their_policy_take_the_explicit_provider_of_the_face(config: dict[str, str]) -> None:
    found: list[Any] = []

    def program() -> None:
        account = Provider("na", pod="na", sid="S", deletion_policy="retain")
        for opts in (pulumi.ResourceOptions(provider=account), pulumi.ResourceOptions(providers=[account])):
            team = pulumi.ComponentResource("proof:index:Team", f"team-{len(found)}", None, opts)
            made = RcsAgent(f"agent-{len(found)}", **copied(dict(LEAST)), opts=pulumi.ResourceOptions(parent=team))
            found.append(made._provider)

    run(program, config=config)
    assert [each.pulumi_resource_name for each in found] == ["na", "na"]


@proves("F5")
@pytest.mark.parametrize("chosen", [face.DYNAMIC, face.PLUGIN], ids=lambda each: each.name)
def test_the_type_of_the_other_face_is_an_alias_under_every_name_that_a_resource_had(chosen: face.Face) -> None:
    here, there = chosen.token(AGENT), chosen.other.token(AGENT)
    urn = "urn:pulumi:dev::proof::{}::old"
    assert _aliases(chosen) == [{"type_": there}]
    assert _aliases(chosen, pulumi.Alias(name="old"), urn.format(here), urn.format(there)) == [
        {"name": "old"},
        urn.format(here),
        urn.format(there),
        {"type_": there},
        {"name": "old", "type_": there},
        urn.format(there),
        urn.format(here),
    ]
    assert _aliases(chosen, pulumi.Alias(name="old", type_=there))[2:] == [{"name": "old", "type_": here}]


@proves("F5", "E7")
def test_options_that_name_properties_mean_the_same_with_both_faces_in_either_spelling() -> None:
    for given in ("display_name", "displayName"):
        for option in ("replace_on_changes", "additional_secret_outputs", "hide_diffs"):
            assert getattr(_options(face.DYNAMIC, **{option: [given]}), option) == ["display_name"]
            assert getattr(_options(face.PLUGIN, **{option: [given]}), option) == ["displayName"]
    assert _options(face.PLUGIN, additional_secret_outputs=[DECLARED]).additional_secret_outputs == [DECLARED]


@proves("F5", "E7")
@pytest.mark.parametrize(
    ("path", "dynamic", "plugin"),
    [
        ("color", ["color"], ["color"]),
        ("display_name", ["display_name", "displayName"], ["displayName", "display_name"]),
        (
            "emails[0].labelText",
            ["emails[0].label_text", "emails[0].labelText"],
            ["emails[0].labelText", "emails[0].label_text"],
        ),
        (
            "brand_details.brand_name",
            ["brand_details.brand_name", "brandDetails"],
            ["brandDetails.brandName", "brand_details"],
        ),
    ],
)
def test_what_is_ignored_is_named_in_both_spellings_as_the_stored_value_may_have_either(
    path: str, dynamic: list[str], plugin: list[str]
) -> None:
    for chosen, expected in ((face.DYNAMIC, dynamic), (face.PLUGIN, plugin)):
        found = _options(chosen, ignore_changes=[path]).ignore_changes or []
        assert found == [chosen.translated(each) for each in found] == expected, "the SDK translates each once more"


@proves("F5")
def test_the_plugin_of_this_version_is_asked_for_and_no_version_of_the_dynamic_one() -> None:
    assert (_options(face.PLUGIN).version, _options(face.DYNAMIC).version) == (semantic(__version__), None)
    assert _options(face.PLUGIN, version="9.9.9").version == "9.9.9"


def test_options_that_a_program_shares_are_not_changed() -> None:
    given = pulumi.ResourceOptions(ignore_changes=["color"], aliases=["urn:pulumi:dev::proof::a:b:C::old"])
    face.PLUGIN._options(AGENT, given)
    assert (given.ignore_changes, given.aliases, given.version) == (
        ["color"],
        ["urn:pulumi:dev::proof::a:b:C::old"],
        None,
    )


@proves("E18")
def test_another_face_is_refused_in_one_line() -> None:
    pulumi.runtime.set_all_config({config_key("face"): "static"})
    try:
        with pytest.raises(pulumi.RunError, match=f"^{config_key('face')} must be dynamic or plugin$"):
            face.in_force()
    finally:
        pulumi.runtime.set_all_config({})
