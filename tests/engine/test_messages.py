"""What a user reads when something is wrong: one clear line for each mistake, and no traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from faces import only
from proves import proves
from refusals import ENDINGS, errors, settings_errors
from samples import FULL, LEAST
from wire import calls, writes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from project import Project

    from rcs_simulator import World

KEY: Final = (
    "Check kaleyra:apiKey, kaleyra:sid and kaleyra:pod, which have to belong together; a key also ends with the team "
    "member who made it, and works only inside its allow-list. Refresh and destroy use the key of the last "
    "`pulumi up`, unless KALEYRA_API_KEY is set."
)
FROM: Final = "The key came from KALEYRA_API_KEY. "
CALLS: Final[Mapping[str, tuple[dict[str, str | None], str]]] = {
    "wrong key": (
        {"KALEYRA_API_KEY": "not-the-key"},
        f"Incorrect SID or API key: API Key Not Found (RBC201, HTTP 401). {FROM}{KEY}",
    ),
    "wrong SID": (
        {"KALEYRA_SID": "NOBODY"},
        f"Incorrect SID or API key: record not found (RBC001, HTTP 401). {FROM}{KEY}",
    ),
    "no key": (
        {"KALEYRA_API_KEY": None},
        "kaleyra:apiKey is not set. Run `pulumi config set --secret kaleyra:apiKey`, or set KALEYRA_API_KEY.",
    ),
    "nobody listens": (
        {"KALEYRA_ENDPOINT": "http://127.0.0.1:9"},
        "127.0.0.1:9 refuses connections. Check the network, the proxy and kaleyra:endpoint.",
    ),
    "no such host": (
        {"KALEYRA_ENDPOINT": "https://kaleyra.invalid"},
        "there is no host kaleyra.invalid. Check the network, the proxy and kaleyra:endpoint.",
    ),
}
"""Environment of an `up`, and what it says after naming what was tried."""


@proves("E19", "B16")
@pytest.mark.parametrize("case", CALLS)
def test_a_call_that_cannot_work_is_one_line_with_what_to_do(
    make: Callable[..., Project], world: World, case: str
) -> None:
    env, text = CALLS[case]
    project = make(env={"KALEYRA_POD": "in", "KALEYRA_SID": world.sid, **env})
    if "KALEYRA_SID" in env:
        project.write("Pulumi.dev.yaml", "config: {}\n")
    project.configure(maxRetries=0)
    project.declare({"agent": LEAST})
    lines = errors(project.fails("up", "--yes", "--skip-preview"), "agent", "agent")
    assert lines == [f"error: could not create the agent with service_code SUPPORT: {text}"]
    assert writes(world) == []


@proves("E19", "B16")
def test_a_channel_that_is_not_enabled_says_whom_to_ask(project: Project, world: World) -> None:
    world.set(channel_enabled=False)
    project.declare({"agent": LEAST})
    assert errors(project.fails("up", "--yes", "--skip-preview"), "agent", "agent") == [
        (
            "error: could not create the agent with service_code SUPPORT: RCS Channel is not enabled for this User "
            "(RCS601, RCS_CHANNEL_DISABLED, HTTP 400). "
            "Ask your Kaleyra representative to enable the RCS channel for the account."
        )
    ]


@proves("E8", "E19")
def test_settings_that_are_missing_name_the_commands_that_set_them(make: Callable[..., Project]) -> None:
    project = make(world=None)
    project.declare({"agent": LEAST})
    assert settings_errors(project.fails("preview"), project.face) == [
        "kaleyra:pod is not set: run `pulumi config set kaleyra:pod in (or na)`, or set KALEYRA_POD",
        "kaleyra:sid is not set: run `pulumi config set kaleyra:sid YOUR_SID`, or set KALEYRA_SID",
    ]
    project.configure(pod="in")
    assert settings_errors(project.fails("preview"), project.face) == [
        "kaleyra:sid is not set: run `pulumi config set kaleyra:sid YOUR_SID`, or set KALEYRA_SID"
    ]


@proves("E8", "E19")
def test_settings_that_cannot_be_are_all_named_at_once(project: Project, world: World) -> None:
    project.env |= {"KALEYRA_ENDPOINT": None, "KALEYRA_API_KEY": "a key"}
    project.configure(
        pod="eu",
        sid="a/b",
        endpoint="http://example.com",
        deletionPolicy="never",
        onExisting="always",
        connectTimeout=0,
        readTimeout="soon",
        operationTimeout=0,
        maxRetries=-1,
        requestsPerSecond=0,
        debug="yes",
    )
    project.declare({"agent": LEAST})
    refused = project.fails("preview")
    assert settings_errors(refused, project.face) == [
        "kaleyra:pod must be in or na",
        "kaleyra:sid must be made of letters, digits, - and _ only",
        "KALEYRA_API_KEY must be made of letters, digits and . _ ~ + / = - only, without spaces",
        "kaleyra:endpoint must begin with https:// (plain http is for loopback addresses only)",
        "kaleyra:deletionPolicy must be prevent or retain or delete",
        "kaleyra:onExisting must be adopt_identical or adopt or error",
        "kaleyra:connectTimeout must be a number from 0.1 to 86400",
        "kaleyra:readTimeout must be a number from 0.1 to 86400",
        "kaleyra:operationTimeout must be a number from 1 to 86400",
        "kaleyra:maxRetries must be a whole number, 0 or more",
        "kaleyra:requestsPerSecond must be a number from 0.1 to 86400",
        "kaleyra:debug must be true or false",
    ]
    assert "a key" not in refused.out
    assert calls(world) == []


PICTURE: Final = "must be a whole http:// or https:// address that ends in .png, .jpg or .jpeg"
NUMBER: Final = "must be a phone number: digits, with a leading + if you like"
MISTAKES: Final[Mapping[str, Any]] = {
    **{name: value for name, value in LEAST.items() if name != "billing_category"},
    "agent_type": " ",
    "display_name": "x" * 41,
    "logo_url": "https://www.example.com/logo.gif",
    "hero_url": "ftp://www.example.com/hero.png",
    "service_code": "A\nB",
    "description": "x" * 101,
    "phones": [
        {"label_text": "Call", "is_toll_free": "yes", "number": "12"},
        {"label_text": "", "is_toll_free": True, "numbr": "18001001001"},
    ],
    "emails": [{"label_text": "Mail", "is_primary": True, "email": "nobody"}, *FULL["emails"] * 3],
    "privacy": {"lable_text": "Privacy", "website": "example.com"},
    "terms_conditions": "https://www.example.com/terms",
    "color": "red",
    "agent_use_case": "SPAM",
    "hosting_region": "MOON",
    "website": {"label_text": "Shop"},
    "brand_details": {"brand_name": "x" * 51},
    "agent_test_url": "www.example.com",
    "languages": [1],
    "deletion_policy": "never",
    "on_existing": "maybe",
    "displayname": "Support",
}


@proves("B3", "E2", "E18")
def test_all_mistakes_of_an_agent_are_shown_at_once_each_with_its_path(project: Project, world: World) -> None:
    project.declare({"agent": MISTAKES})
    assert errors(project.fails("preview"), "agent", "agent") == [
        "agent_type: must not be blank",
        "display_name: is 41 characters long, at most 40 are allowed",
        f"logo_url: {PICTURE}",
        f"hero_url: {PICTURE}",
        "service_code: must not hold line breaks or other control characters",
        "description: is 101 characters long, at most 100 are allowed",
        "phones[0].is_toll_free: must be true or false",
        f"phones[0].number: {NUMBER}",
        "phones[1].label_text: must not be blank",
        "phones[1].number: is required",
        "phones[1].numbr: unknown field; did you mean number?",
        "emails: has 4 entries, at most 3 are allowed",
        "emails[0].email: must be an e-mail address",
        "privacy.label_text: is required",
        f"privacy.{project.face.field('lable_text')}: unknown field; did you mean label_text?",
        "privacy.website: must be a whole http:// or https:// address",
        "terms_conditions: must be a mapping with `label_text` and `website`",
        "color: must be # and six hexadecimal digits, such as #494e0d",
        "billing_category: is required",
        "agent_use_case: must be one of TRANSACTIONAL, PROMOTIONAL, OTP, MULTI_USE, AGENT_USE_CASE_UNSPECIFIED",
        "hosting_region: must be one of NORTH_AMERICA, EUROPE, ASIA_PACIFIC, HOSTING_REGION_UNSPECIFIED",
        "website: must be a list",
        "brand_details.brand_name: is 51 characters long, at most 50 are allowed",
        "brand_details.brand_no: is required",
        "agent_test_url: must be a whole http:// or https:// address",
        "languages[0]: must be a string",
        "deletion_policy: must be one of prevent, retain, delete",
        "on_existing: must be one of adopt_identical, adopt, error",
        "displayname: unknown field; did you mean display_name?",
    ]
    assert calls(world) == []


@proves("B3", "E18")
def test_an_agent_without_a_contact_or_with_a_blank_at_the_end_is_refused(project: Project) -> None:
    project.declare({"agent": {**LEAST, "emails": [], "description": "Ends in a blank "}})
    assert errors(project.fails("preview"), "agent", "agent") == [
        "description: must be one line that does not end in a space",
        "phones, emails: at least one phone or e-mail is required",
    ]


@proves("B3", "E18")
def test_all_mistakes_of_a_tester_are_shown_at_once_without_its_number(project: Project) -> None:
    project.program("RcsTester('t', agent_no='SUPPORT', phoneno='91987', resnd='1')\n")
    refused = project.fails("preview")
    assert errors(refused, "tester", "t") == [
        "agent_no: must be made of digits only",
        "phoneno: must be a phone number that can exist, with its country code: 919876543210 or +91 98765 43210",
        "resnd: unknown field; did you mean resend?",
    ]
    project.program("RcsTester('t')\n")
    assert errors(project.fails("preview"), "tester", "t") == ["agent_no: is required", "phoneno: is required"]


@proves("D15")
def test_what_the_pages_disagree_on_is_a_warning_and_passes(project: Project, world: World) -> None:
    world.set(strict_values=False)
    odd = {"agent_type": "3", "billing_category": "FUTURE", "agent_test_url": "https://test.example.com/"}
    label = {"label_text": "A label of thirty characters..", "website": "https://www.example.com/privacy"}
    project.declare({"agent": {**LEAST, **odd, "privacy": label}})
    preview = project.preview()
    assert (preview.code, preview.ops) == (0, {"agent": "create"})
    assert sorted(line.split(":")[1].strip() for line in preview.lines("agent")) == [
        "agent_test_url",
        "agent_type",
        "billing_category",
        "privacy.label_text",
    ]
    project.up()
    assert world.agents()[0]["billing_category"] == "FUTURE"


@proves("E18")
def test_two_agents_with_one_service_code_are_refused_in_preview_naming_both(project: Project, world: World) -> None:
    project.declare({"one": LEAST, "two": LEAST})
    refused = project.fails("preview")
    (line,) = [each for each in refused.errors if each not in ENDINGS]
    assert "service_code SUPPORT is declared twice, by " in line
    assert "one" in line.split("declared twice")[1]
    assert "two" in line.split("declared twice")[1]
    assert calls(world) == []


@proves("B12", "D22")
def test_one_agent_that_fails_does_not_keep_the_others_from_being_made(project: Project, world: World) -> None:
    agents = {f"agent-{each}": {**LEAST, "service_code": f"CODE{each}"} for each in range(4)}
    project.declare(agents)
    world.fault("create_agent", 400, service_code="CODE2")
    refused = project.fails("up", "--yes", "--skip-preview")
    assert errors(refused, "agent", "agent-2") == [
        "error: could not create the agent with service_code CODE2: the answer has no Kaleyra envelope (HTTP 400)"
    ]
    assert {each["service_code"] for each in world.agents()} == {"CODE0", "CODE1", "CODE3"}
    project.up()
    assert len(writes(world)) == 5
    assert set(project.resources()) == set(agents)


@only("dynamic", "the plugin does not look for modules in the program's folder")
@proves("E19")
@pytest.mark.parametrize("library", ["requests", "phonenumbers"])
def test_a_file_with_the_name_of_a_library_is_named(project: Project, library: str) -> None:
    project.write(f"{library}.py", "")
    project.declare({"a": LEAST}, {"t": {"agent": "a", "phoneno": "+919876543210"}})
    refused = project.fails("up", "--yes", "--skip-preview")
    file = (project.folder / f"{library}.py").resolve()
    told = f"kaleyra-rcs needs the library {library}, and {file} is loaded in its place. Rename that file."
    assert f"error: {told}" in [*refused.said.get("a", ()), *refused.said.get("t", ())]
    assert "defect" not in refused.out
