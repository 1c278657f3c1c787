"""Programs that are right: mypy and pyright, both strict, have nothing to say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi

from rcs_provider import (
    BrandDetailsArgs,
    EmailArgs,
    GetAgentResult,
    GetTestersResult,
    LinkArgs,
    PhoneArgs,
    Provider,
    RcsAgent,
    RcsAgentArgs,
    RcsTester,
    RcsTesterArgs,
    __version__,
    get_agent,
    get_agent_output,
    get_agents,
    get_agents_output,
    get_brands,
    get_brands_output,
    get_masters,
    get_masters_output,
    get_testers,
    get_testers_output,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def keywords() -> RcsAgent:
    """The least that an agent needs, as keywords with plain dicts."""
    return RcsAgent(
        "support",
        agent_type="1",
        display_name="Support",
        logo_url="https://www.example.com/logo.png",
        hero_url="https://www.example.com/hero.jpg",
        service_code="SUPPORT",
        description="Answers questions",
        emails=[{"label_text": "Write", "is_primary": True, "email": "support@example.com"}],
        privacy={"label_text": "Privacy", "website": "https://www.example.com/privacy"},
        terms_conditions={"label_text": "Terms", "website": "https://www.example.com/terms"},
        color="#494e0d",
        billing_category="SINGLE_MESSAGE",
        agent_use_case="TRANSACTIONAL",
        hosting_region="ASIA_PACIFIC",
        website=[],
        brand_details={"brand_no": "8032"},
    )


def arguments() -> RcsAgentArgs:
    """Every argument, with the classes of the nested blocks."""
    return RcsAgentArgs(
        agent_type="1",
        display_name="Support",
        logo_url="https://www.example.com/logo.png",
        hero_url="https://www.example.com/hero.jpg",
        service_code="SUPPORT",
        description="Answers questions",
        phones=[PhoneArgs(label_text="Call", is_toll_free=True, number="18001001001", country_code="")],
        emails=[EmailArgs(label_text="Write", is_primary=True, email="support@example.com")],
        privacy=LinkArgs(label_text="Privacy", website="https://www.example.com/privacy"),
        terms_conditions=LinkArgs(label_text="Terms", website="https://www.example.com/terms"),
        color="#494e0d",
        billing_category="SINGLE_MESSAGE",
        agent_use_case="TRANSACTIONAL",
        hosting_region="ASIA_PACIFIC",
        website=[LinkArgs(label_text="Shop", website="https://www.example.com/shop")],
        brand_details=BrandDetailsArgs(brand_no="8032", provider_brand_no="Brand_1", brand_name="Example"),
        rcs_provider_id="1",
        default_locale="en",
        agent_test_url="https://www.example.com/test",
        end_point_config="NON_LOCAL",
        primary_interaction_type="INTERACTION_TYPE_UNSPECIFIED",
        languages=["English", "Hindi"],
        deletion_policy="delete",
        on_existing="adopt",
    )


def whole() -> RcsAgent:
    """All arguments as one object, with the engine's own options."""
    options = pulumi.ResourceOptions(protect=True, ignore_changes=["description"])
    return RcsAgent("support", arguments(), options)


def outputs_as_inputs(config: pulumi.Config, made: RcsAgent) -> RcsAgent:
    """Outputs of other resources and secrets, at every depth."""
    number, page = config.require_secret("phone"), config.require_secret("page")
    given = arguments()
    given["display_name"] = made.display_name.apply(lambda name: f"{name} again")
    given["service_code"] = pulumi.Output.concat(made.service_code, "-2")
    given["phones"] = [{"label_text": "Call", "is_toll_free": pulumi.Output.from_input(False), "number": number}]
    given["privacy"] = {"label_text": "Privacy", "website": page}
    given["brand_details"] = pulumi.Output.from_input(BrandDetailsArgs(brand_no="8032"))
    return RcsAgent("again", given)


def testers(agent: RcsAgent, config: pulumi.Config) -> list[RcsTester]:
    """Testers by keywords, by one object, with a secret, and looked at."""
    return [
        RcsTester("pilot", agent_no=agent.agent_number, phoneno="919000000001"),
        RcsTester("second", RcsTesterArgs(agent_no=agent.agent_number, phoneno="919000000002", resend="1")),
        RcsTester("third", {"agent_no": "71732", "phoneno": config.require_secret("phone")}),
        RcsTester("fourth", agent_no="71732", phoneno="919000000004", opts=pulumi.ResourceOptions(parent=agent)),
        RcsTester.get("seen", agent.agent_number, "919000000005"),
        RcsTester.get("seen-too", "71732", config.require_secret("phone"), pulumi.ResourceOptions(parent=agent)),
    ]


def further_account(config: pulumi.Config) -> Provider:
    """A further account, with every setting."""
    return Provider(
        "na",
        pod="na",
        sid="HXNA0000000001NA",
        api_key=config.require_secret("naKey"),
        endpoint="https://rcs.example",
        deletion_policy="retain",
        on_existing="error",
        connect_timeout=5,
        read_timeout=30.5,
        operation_timeout=120,
        max_retries=3,
        requests_per_second=2.5,
        workers=8,
        debug=True,
        opts=pulumi.ResourceOptions(protect=False),
    )


def accounts(account: Provider) -> RcsAgent:
    """An agent of a further account that is only looked at."""
    return RcsAgent.get("seen", "71732", pulumi.ResourceOptions(provider=account))


def outputs(agent: RcsAgent, tester: RcsTester) -> dict[str, pulumi.Output[Any]]:
    """Every output has its type."""
    number: pulumi.Output[str] = agent.agent_number
    name: pulumi.Output[str] = agent.display_name
    status: pulumi.Output[str | None] = agent.status
    integrated: pulumi.Output[bool | None] = agent.integration_status
    phones: pulumi.Output[Sequence[Mapping[str, Any]] | None] = agent.phones
    privacy: pulumi.Output[Mapping[str, Any]] = agent.privacy
    languages: pulumi.Output[Sequence[str] | None] = agent.languages
    tested: pulumi.Output[str] = tester.agent_no
    phone: pulumi.Output[str] = tester.phoneno
    carrier: pulumi.Output[float | None] = tester.carrierid
    pod: pulumi.Output[str] = tester.pod
    found: dict[str, pulumi.Output[Any]] = {
        "number": number,
        "name": name,
        "status": status,
        "integrated": integrated,
        "phones": phones,
        "privacy": privacy,
        "languages": languages,
        "tested": tested,
        "phone": phone,
        "carrier": carrier,
        "pod": pod,
    }
    return found


def look_ups(account: Provider) -> list[RcsTester]:
    """Look-ups at once: plain arguments, results with their types."""
    opts = pulumi.InvokeOptions(provider=account)
    agent: GetAgentResult = get_agent("71732", opts)
    code: str | None = agent.service_code
    phones: Sequence[Mapping[str, Any]] | None = agent.phones
    integrated: bool | None = agent.integration_status
    testers: GetTestersResult = get_testers(agent_no=agent.agent_number, opts=opts)
    carriers: list[float | None] = [each.carrierid for each in testers.testers]
    brands: Sequence[Mapping[str, Any]] = get_brands(opts).brands
    lists = [get_masters().lists, get_masters("color", opts).lists]
    pulumi.export("seen", {"code": code, "phones": phones, "on": integrated, "of": carriers, "b": brands, "l": lists})
    live = [each.agent_number for each in get_agents().agents]
    every = [each.agent_number for each in get_agents(include_deleted=True, opts=opts).agents]
    return [RcsTester(number, agent_no=number, phoneno="919000000001") for number in live + every]


def look_ups_of_outputs(made: RcsAgent, account: Provider) -> list[RcsTester]:
    """Look-ups as outputs: inputs of every kind, and attributes as outputs."""
    opts = pulumi.InvokeOutputOptions(provider=account, depends_on=[made])
    agent: pulumi.Output[GetAgentResult] = get_agent_output(agent_number=made.agent_number)
    testers: pulumi.Output[GetTestersResult] = get_testers_output(agent.agent_number, opts)
    first: pulumi.Output[str] = testers.apply(lambda found: found.testers[0].phoneno)
    pulumi.export("lists", get_masters_output(pulumi.Output.from_input("color")).lists)
    pulumi.export("brands", get_brands_output(pulumi.InvokeOptions(parent=made)).brands)
    pulumi.export("agents", get_agents_output(include_deleted=pulumi.Output.from_input(True), opts=opts).agents)
    return [
        RcsTester("same", agent_no=agent.apply(lambda found: found.agent_number), phoneno=first),
        RcsTester("lifted", agent_no=agent.agent_number, phoneno=testers.testers[0].phoneno),
        RcsTester("plain", agent_no=get_agent_output("71732").agent_number, phoneno="919000000001"),
    ]


def program() -> None:
    """All of it together."""
    config = pulumi.Config("kaleyra")
    first, second = keywords(), whole()
    outputs_as_inputs(config, first)
    pulumi.export("testers", [each.phoneno for each in testers(second, config)])
    account = further_account(config)
    pulumi.export("seen", accounts(account).service_code)
    pulumi.export("found", [each.phoneno for each in look_ups(account) + look_ups_of_outputs(first, account)])
    pulumi.export("version", __version__)
