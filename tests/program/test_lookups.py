"""Look-ups for programs: what they give, how often they ask, whose account they ask, and the one line of an error."""

from __future__ import annotations

import dataclasses
import threading
from typing import TYPE_CHECKING, Any, Final

import pulumi
import pytest
from fakes import BROKEN, NO_AGENTS, NOT_FOUND, Clock, Script, bad, good
from programs import run
from proves import proves
from pulumi import ComponentResource, InvokeOptions, InvokeOutputOptions, Output, ResourceOptions, RunError
from samples import ALL_INPUTS, KEY, LEAST, NUMBER, PHONE, SID, declared, row_of

from rcs_provider import (
    GetAgentResult,
    GetTesterResult,
    Provider,
    RcsTester,
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
from rcs_provider.api.client import Client
from rcs_provider.core.errors import NotSent
from rcs_provider.core.fields import Role, Table, Type
from rcs_provider.objects.agent.fields import TABLE as AGENT
from rcs_provider.objects.tester.fields import TABLE as TESTER
from rcs_provider.program import lookups as functions
from rcs_provider.program.lookups import client, lookup, results

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CONFIG: Final[Mapping[str, str]] = {
    "kaleyra:pod": "in", "kaleyra:sid": SID, "kaleyra:apiKey": KEY, "kaleyra:endpoint": "http://127.0.0.1:1",
}  # fmt: skip
ROW: Final = row_of(declared(ALL_INPUTS), service_code="SUPPORT")
LISTED: Final[Mapping[str, Any]] = {
    "id": "t-1", "phoneno": "+91 90000 00001", "agent_no": NUMBER, "status": "ACTIVE", "test_status": "PENDING",
    "override_dcs_check": "false", "carrierid": "7",
}  # fmt: skip
GOOD: Final[Mapping[str, Any]] = {
    "get": good(ROW),
    "list": good([ROW, row_of(LEAST, agent_number="9", status="deleted")]),
    "testers": good([LISTED]),
    "brands": good([{"brand_number": "8032"}]),
    "masters": good({"color": ["#494e0d"]}),
}


class Bed:
    """Runs programs whose look-ups a script answers."""

    def __init__(self, clock: Clock) -> None:
        self.script = Script(clock, **GOOD)
        self.keys: list[str | None] = []
        self.origins: set[str] = set()

    def client(self, settings: Any) -> Client:
        self.keys.append(settings.api_key)
        return Client(settings, self.script, self.script.clock.sleep)

    def run(self, program: Callable[[], Any], *, preview: bool = False, **config: str | None) -> Any:
        """What a program gives; its outputs, in a list, as their values."""
        found: list[Any] = []
        given = {**CONFIG, **{f"kaleyra:{key}": value for key, value in config.items()}}

        def whole() -> Any:
            value = program()
            seen = Output.all(*value) if isinstance(value, list) else Output.from_input(value)
            return seen.apply(found.append)

        run(whole, preview=preview, config={key: value for key, value in given.items() if value is not None})
        return found[0] if found else None

    def fails(self, program: Callable[[], Any], **more: Any) -> str:
        """The line with which a program ends."""
        with pytest.raises(RunError) as caught:
            self.run(program, **more)
        assert "\n" not in str(caught.value)
        return str(caught.value)

    @property
    def calls(self) -> list[str]:
        assert {each.method for each in self.script.requests} <= {"GET"}
        return self.script.calls


@pytest.fixture
def bed(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Bed:
    made = Bed(clock)
    monkeypatch.setattr(client, "Client", made.client)
    # The SDK's mocks are only the engine here: what a program under them gets is shown further down.
    monkeypatch.setattr(lookup, "is_mocked", lambda: False)
    return made


# results


@proves("B15")
@pytest.mark.parametrize(("result", "table"), [(GetAgentResult, AGENT), (GetTesterResult, TESTER)])
def test_a_result_has_the_fields_that_a_read_returns_with_the_types_of_the_table(result: Any, table: Table) -> None:
    types = {Type.TEXT: "str", Type.FLAG: "bool", Type.NUMBER: "float", Type.LIST: "Sequence", Type.BLOCK: "Mapping"}
    hints = {each.name: str(result.__annotations__[each.name]) for each in dataclasses.fields(result)}
    assert set(hints) == {each.name for each in table if each.returned and each.role is not Role.SETTING}
    assert [name for name, hint in hints.items() if types[table[name].type] not in hint] == []


@proves("B15")
def test_a_class_that_forgets_a_field_cannot_be_imported() -> None:
    class Short:
        agent_no: str

    with pytest.raises(TypeError, match=r"Short and the table of its fields differ in .*'phoneno'"):
        results._attributes_of(TESTER)(Short)


@proves("B15")
def test_an_agent_comes_in_the_tables_types_and_what_is_missing_is_none(bed: Bed) -> None:
    bed.script.add(get=good({**ROW, "agent_number": 71732, "integration_status": "false", "hero_url": "", "new": 1}))
    found = bed.run(lambda: get_agent(NUMBER))
    assert (found.agent_number, found.rcs_provider_id, found.integration_status) == (NUMBER, "1", False)
    assert (found.service_code, found.hero_url, found.phones[0]["number"]) == ("SUPPORT", None, "18001001001")
    assert found.uuid == ROW["id"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.status = "OTHER"


@proves("B15")
def test_the_agents_are_those_that_live_unless_the_deleted_ones_are_asked_for(bed: Bed) -> None:
    found = bed.run(lambda: [get_agents(), get_agents_output(include_deleted=True)])
    assert [[each.agent_number for each in one.agents] for one in found] == [[NUMBER], [NUMBER, "9"]]
    assert bed.calls == ["list"]


@proves("B15")
def test_no_agents_are_an_empty_list(bed: Bed) -> None:
    bed.script.add(list=NO_AGENTS)
    assert bed.run(get_agents).agents == []


@proves("B15")
def test_testers_come_with_phone_numbers_in_digits(bed: Bed) -> None:
    bed.script.add(testers=good([LISTED, {"phoneno": "919000000002"}]))
    found = bed.run(lambda: get_testers(NUMBER))
    assert found.agent_no == NUMBER
    first, second = found.testers
    assert dataclasses.asdict(first) == {
        "agent_no": NUMBER, "phoneno": PHONE, "uuid": "t-1", "status": "ACTIVE", "test_status": "PENDING",
        "override_dcs_check": False, "carrierid": 7.0,
    }  # fmt: skip
    assert (second.agent_no, second.phoneno, second.status) == (NUMBER, "919000000002", None)


@proves("B15")
def test_brands_and_lists_come_as_they_are(bed: Bed) -> None:
    found = bed.run(lambda: [get_brands(), get_brands_output(), get_masters(), get_masters_output("color")])
    assert [one.brands for one in found[:2]] == [[{"brand_number": "8032"}]] * 2
    assert [one.lists for one in found[2:]] == [{"color": ["#494e0d"]}] * 2
    assert [each.url.partition("/rcs")[2] for each in bed.script.requests] == [
        "/brands", "/masters", "/masters?listname=color",
    ]  # fmt: skip


@proves("B15")
def test_an_attribute_of_an_output_is_an_output(bed: Bed) -> None:
    def program() -> list[Output[Any]]:
        agent = get_agent_output(agent_number=Output.from_input(NUMBER))
        return [agent.status, agent.phones[0]["number"], get_testers_output(agent.agent_number).testers[0].phoneno]

    assert bed.run(program) == ["ACTIVE", "18001001001", PHONE]


# how often


@proves("P1")
def test_many_look_ups_of_one_thing_are_one_call_in_either_form(bed: Bed) -> None:
    def program() -> list[Any]:
        later = [get_testers_output(NUMBER) for _ in range(10)]
        return [get_testers(NUMBER) for _ in range(10)] + later + [get_agents(), get_agents_output(), get_agents()]

    assert len(bed.run(program)) == 23
    assert sorted(bed.calls) == ["list", "testers"]


@proves("P1")
def test_look_ups_after_the_same_resources_are_one_call_which_none_of_before_answers(bed: Bed) -> None:
    def program() -> list[Any]:
        tester = RcsTester("pilot", agent_no=NUMBER, phoneno=PHONE)
        before = get_testers(NUMBER)
        after = [get_testers_output(tester.agent_no) for _ in range(5)]
        named = [get_testers_output(NUMBER, InvokeOutputOptions(depends_on=each)) for each in (tester, [tester])]
        return [before, *after, *named]

    assert len(bed.run(program)) == 8
    assert bed.calls == ["testers", "testers"]


def test_a_result_depends_on_the_resources_that_it_waited_for_and_not_on_the_stack(bed: Bed) -> None:
    def program() -> Any:
        group = ComponentResource("my:Group", "group")
        tester = RcsTester("pilot", agent_no=NUMBER, phoneno=PHONE)
        found = get_testers_output(tester.agent_no, InvokeOutputOptions(depends_on=group))
        return Output.from_input(found.resources()).apply(lambda waited: waited == {group, tester})

    assert bed.run(program) is True


def test_a_failure_is_shared_as_well_and_nobody_repeats_it(bed: Bed) -> None:
    bed.script.add(get=BROKEN)

    def program() -> list[Any]:
        for _ in range(3):
            with pytest.raises(RunError, match=f"^could not look up agent {NUMBER}: "):
                get_agent(NUMBER)
        return [get_agent_output(NUMBER) for _ in range(3)]

    assert bed.fails(program, maxRetries="2").startswith(f"could not look up agent {NUMBER}: ")
    assert bed.calls == ["get"] * 3


@proves("E17")
def test_each_run_of_a_program_in_one_process_looks_for_itself(bed: Bed) -> None:
    bed.run(get_agents)
    bed.run(get_agents)
    assert bed.calls == ["list", "list"]


@pytest.mark.usefixtures("bed")
def test_a_look_up_at_once_needs_no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    for key, name in (("pod", "POD"), ("sid", "SID"), ("apiKey", "API_KEY"), ("endpoint", "ENDPOINT")):
        monkeypatch.setenv(f"KALEYRA_{name}", CONFIG[f"kaleyra:{key}"])
    assert get_agent(NUMBER).status == "ACTIVE"


@proves("A16")
def test_an_argument_that_is_not_known_yet_makes_no_call_and_gives_nothing(bed: Bed) -> None:
    def program() -> list[Any]:
        unknown: Any = Output.from_input(pulumi.UNKNOWN)
        late = InvokeOutputOptions(depends_on=unknown)
        return [get_agent_output(unknown), get_testers_output(unknown), get_agents_output(opts=late)]

    assert bed.run(program, preview=True) is None
    assert bed.calls == []


# secrets


def _secret(output: Output[Any]) -> Output[bool]:
    return Output.from_input(output.is_secret())


@proves("E9")
def test_a_result_is_secret_where_its_argument_is_and_not_because_of_the_key(bed: Bed) -> None:
    def program() -> list[Any]:
        own = Provider("own", pod="na", sid="S", api_key=Output.secret(KEY))
        plain = get_agent_output(NUMBER, InvokeOptions(provider=own))
        return [
            _secret(plain.status),
            _secret(get_agents_output(opts=InvokeOptions(provider=own))),
            _secret(get_agent_output(Output.secret(NUMBER), InvokeOptions(provider=own))),
        ]

    assert bed.run(program) == [False, False, True]
    assert set(bed.keys) == {KEY}


@proves("E9")
@pytest.mark.parametrize("secret", [False, True])
def test_nothing_that_can_be_shown_of_a_provider_holds_its_key(bed: Bed, secret: bool) -> None:
    shown: list[str] = []

    def program() -> Any:
        own = Provider("own", pod="na", sid="S", api_key=Output.secret(KEY) if secret else KEY)
        shown.append(repr(vars(own)))
        return pulumi.runtime.stack.massage(own, [])["deletion_policy"], own.settings_output().apply(repr)

    shown.append(str(bed.run(program)))
    assert all("Settings(" in each for each in shown)
    assert [each for each in shown if KEY in each] == []


@proves("E9")
def test_a_key_that_the_service_repeats_is_masked(bed: Bed) -> None:
    bed.script.add(get=bad(f"the key {KEY} may not do that"))
    assert "the key *** may not do that" in bed.fails(lambda: get_agent(NUMBER))
    assert "the key *** may not do that" in bed.fails(lambda: get_agent_output(NUMBER))


# errors


GONE: Final = f"there is no agent {NUMBER} in account {SID}"


@proves("B15")
@pytest.mark.parametrize("form", [get_agent, get_agent_output])
@pytest.mark.parametrize("answer", [NOT_FOUND, good({**ROW, "status": "DELETED"})], ids=["not found", "deleted"])
def test_an_agent_that_is_gone_ends_the_run_in_one_line(bed: Bed, form: Any, answer: Any) -> None:
    bed.script.add(get=answer)
    assert bed.fails(lambda: form(NUMBER)) == GONE


@proves("B15")
def test_testers_of_an_agent_that_is_not_there_end_the_run_in_the_same_line(bed: Bed) -> None:
    bed.script.add(testers=NOT_FOUND)
    assert bed.fails(lambda: get_testers(NUMBER)) == GONE


OTHER: Final = bad("Brand not found", message="Unable to fetch RCS Agent details")


@proves("B15")
@pytest.mark.parametrize("later", [False, True], ids=["at once", "output"])
@pytest.mark.parametrize(
    ("call", "answers", "line"),
    [
        (
            ("get_agent", [NUMBER]), {"get": OTHER},
            (
                f"could not look up agent {NUMBER}: Unable to fetch RCS Agent details: Brand not found "
                "(RCS904, PROV_ERROR, HTTP 400)"
            ),
        ),
        (
            ("get_testers", [NUMBER]), {"testers": bad("Brand not found")},
            f"could not look up the testers of agent {NUMBER}: Brand not found (RCS904, PROV_ERROR, HTTP 400)",
        ),
        (
            ("get_testers", [NUMBER]), {"testers": good([{**LISTED, "agent_no": "5"}])},
            (
                f"could not look up the testers of agent {NUMBER}: asked for the testers of agent {NUMBER}, "
                "the answer names another agent"
            ),
        ),
        (
            ("get_testers", [NUMBER]), {"testers": good([{"id": "t-1"}])},
            f"could not look up the testers of agent {NUMBER}: the list holds a tester without a phone number",
        ),
        (
            ("get_agents", []), {"list": good([{"id": "a"}])},
            "could not look up the agents: the list holds an agent without its number",
        ),
        (
            ("get_agents", []), {"list": good([{**ROW, "privacy": 5}])},
            "could not look up the agents: unexpected answer: `privacy` is not an object",
        ),
        (
            ("get_brands", []), {"brands": lambda _: NotSent("127.0.0.1:1 refuses connections", "Check the network.")},
            "could not look up the brands: 127.0.0.1:1 refuses connections. Check the network.",
        ),
        (
            ("get_masters", ["colour"]), {"masters": bad("invalid value", label="FIELD_VALUE_ERROR")},
            (
                "could not look up the list colour of allowed values: invalid value "
                "(RCS904, FIELD_VALUE_ERROR, HTTP 400). Change the value in the program."
            ),
        ),
        (
            ("get_masters", []), {"masters": ZeroDivisionError("by zero")},
            "kaleyra-rcs failed with ZeroDivisionError: by zero. This is a defect: please report it.",
        ),
    ],
)  # fmt: skip
def test_an_error_says_in_one_line_what_was_looked_up_and_what_was_answered(
    bed: Bed, later: bool, call: tuple[str, list[str]], answers: dict[str, Any], line: str
) -> None:
    name, arguments = call
    bed.script.add(**answers)
    function = getattr(functions, f"{name}_output" if later else name)
    assert bed.fails(lambda: function(*arguments), maxRetries="0") == line


@pytest.mark.parametrize("number", ["", "abc", "7/1", "71732 ", "٣", 1.5, True, None, -1, ["1"]])
def test_a_number_that_is_none_is_refused_without_a_call_and_without_showing_it(bed: Bed, number: Any) -> None:
    wrong = "must be digits, such as 71732"
    for form in (get_agent, get_agent_output):
        line = bed.fails(lambda form=form: form(number))
        assert line == f"could not look up an agent: agent_number {wrong}"
    for form in (get_testers, get_testers_output):
        line = bed.fails(lambda form=form: form(number))
        assert line == f"could not look up the testers of an agent: agent_no {wrong}"
    assert bed.calls == []


@proves("B1")
@pytest.mark.parametrize("number", [NUMBER, 71732, 71732.0])
def test_a_number_may_have_become_one_on_the_way_through_the_engine(bed: Bed, number: Any) -> None:
    assert bed.run(lambda: get_agent_output(Output.from_input(number))).agent_number == NUMBER
    assert bed.script.requests[0].url.endswith(f"/agent/{NUMBER}")


def test_an_output_where_plain_text_belongs_is_refused_naming_the_other_form(bed: Bed) -> None:
    number: Any = NUMBER
    assert bed.fails(lambda: get_agent(Output.from_input(number))) == (
        "could not look up an agent: agent_number is an Output. Use get_agent_output."
    )
    assert bed.fails(lambda: get_testers(Output.from_input(number))) == (
        "could not look up the testers of an agent: agent_no is an Output. Use get_testers_output."
    )
    flag: Any = False
    assert bed.fails(lambda: get_agents(Output.from_input(flag))) == (
        "could not look up the agents: include_deleted is an Output. Use get_agents_output."
    )


@proves("C7", "E17")
def test_a_call_that_is_repeated_is_told_to_the_engine_of_the_run_on_whatever_thread(
    bed: Bed, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, bool]] = []
    engines: list[Any] = []

    def warn(message: str, *, ephemeral: bool) -> None:
        del ephemeral
        told.append((message, pulumi.runtime.settings.get_engine() is engines[-1]))

    def program() -> Any:
        engines.append(pulumi.runtime.settings.get_engine())
        say = client._say(lookup._ambient())
        timer = threading.Thread(target=say, args=(f"from a timer with {KEY}", "warning"))
        timer.start()
        timer.join()
        return get_agent_output(NUMBER).status

    monkeypatch.setitem(client._LOG, "warning", warn)
    for _ in range(2):  # a thread without the run's context would find the first engine of the process
        bed.script.add(get=[BROKEN, good(ROW)])
        assert bed.run(program) == "ACTIVE"
    assert [line.partition(": ")[0] for line, _ in told] == ["from a timer with ***", "could not read the agent"] * 2
    assert all(right for _, right in told)


# whose account


@proves("E8")
@pytest.mark.parametrize("form", [get_agent, get_agent_output])
def test_two_values_of_one_setting_are_refused_naming_both(
    bed: Bed, monkeypatch: pytest.MonkeyPatch, form: Any
) -> None:
    monkeypatch.setenv("KALEYRA_SID", "OTHER")
    assert bed.fails(lambda: form(NUMBER)) == (
        f"could not look up agent {NUMBER}: kaleyra:sid is {SID} and KALEYRA_SID is OTHER: unset one of them, or make "
        "them agree"
    )
    assert bed.calls == []


@proves("E8")
def test_the_key_of_the_environment_wins(bed: Bed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KALEYRA_API_KEY", "of-today")
    bed.run(lambda: get_agent(NUMBER))
    assert bed.keys == ["of-today"]


@proves("E8")
@pytest.mark.parametrize("form", [get_agent, get_agent_output])
def test_a_missing_setting_is_named_with_both_ways_to_set_it(bed: Bed, form: Any) -> None:
    assert bed.fails(lambda: form(NUMBER), preview=True, apiKey=None) == (
        f"could not look up agent {NUMBER}: kaleyra:apiKey is not set. Run `pulumi config set --secret "
        "kaleyra:apiKey`, or set KALEYRA_API_KEY. Look-ups read in a preview, too; resources need no key there."
    )
    assert bed.fails(lambda: form(NUMBER), apiKey=None).endswith("or set KALEYRA_API_KEY.")
    assert bed.fails(lambda: form(NUMBER), sid=None, preview=True) == (
        f"could not look up agent {NUMBER}: kaleyra:sid is not set: run `pulumi config set kaleyra:sid YOUR_SID`, "
        "or set KALEYRA_SID"
    )


@proves("A14")
@pytest.mark.parametrize("form", [get_agent, get_agent_output])
def test_a_provider_is_asked_with_its_own_settings_and_nothing_of_the_environment(
    bed: Bed, monkeypatch: pytest.MonkeyPatch, form: Any
) -> None:
    monkeypatch.setenv("KALEYRA_API_KEY", "not-this-one")
    monkeypatch.setenv("KALEYRA_ENDPOINT", "https://elsewhere.example")

    def program() -> Any:
        own = Provider("own", pod="na", sid="OWN", api_key="own-key", requests_per_second=7.0)
        return form(NUMBER, InvokeOptions(provider=own))

    assert bed.run(program).status == "ACTIVE"
    assert bed.keys == ["own-key"]
    assert [each.url for each in bed.script.requests] == [f"https://rcs-api.na.kaleyra.io/v1/OWN/rcs/agent/{NUMBER}"]


@proves("A14")
def test_a_look_up_takes_the_provider_of_its_parent(bed: Bed) -> None:
    def program() -> list[Any]:
        own = Provider("own", pod="na", sid="OWN", api_key="own-key")
        group = ComponentResource("my:Group", "group", None, ResourceOptions(providers=[own]))
        return [
            get_agent(NUMBER, InvokeOptions(parent=group)),
            get_testers_output(NUMBER, InvokeOutputOptions(parent=group, depends_on=(group,))),
        ]

    bed.run(program)
    assert set(bed.keys) == {"own-key"}


@proves("A14")
def test_two_keys_of_one_account_are_two_clients(bed: Bed) -> None:
    def program() -> list[Any]:
        made = [Provider(key, pod="in", sid=SID, api_key=key) for key in ("one", "two")]
        return [get_agent(NUMBER, InvokeOptions(provider=each)) for each in made]

    bed.run(program)
    assert bed.keys == ["one", "two"]


@proves("A14")
def test_a_provider_whose_settings_come_later_is_for_the_other_form(bed: Bed) -> None:
    def asked(form: Any) -> Any:
        own = Provider("own", pod="in", sid=SID, api_key=Output.secret("own-key"), max_retries=Output.from_input(3))
        return form(NUMBER, InvokeOptions(provider=own))

    assert bed.fails(lambda: asked(get_testers)) == (
        f"could not look up the testers of agent {NUMBER}: api_key of its provider is an Output, which is known later "
        "only. Use get_testers_output."
    )
    assert bed.run(lambda: asked(get_testers_output)).agent_no == NUMBER
    assert bed.keys == ["own-key"]


@proves("A14")
@pytest.mark.parametrize("form", [get_agent, get_agent_output])
def test_a_provider_without_a_key_is_told_where_it_goes(bed: Bed, form: Any) -> None:
    def program() -> Any:
        return form(NUMBER, InvokeOptions(provider=Provider("own", pod="in", sid=SID)))

    assert bed.fails(program) == (
        f"could not look up agent {NUMBER}: the explicit provider has no api_key. Give it one: a call needs it."
    )


@proves("A14")
@pytest.mark.parametrize("form", [get_agent, get_agent_output])
def test_a_provider_of_another_package_is_refused(bed: Bed, form: Any) -> None:
    def program() -> Any:
        return form(NUMBER, InvokeOptions(provider=pulumi.ProviderResource("aws", "aws")))

    assert bed.fails(program) == "the provider of a look-up must be an rcs_provider.Provider"
