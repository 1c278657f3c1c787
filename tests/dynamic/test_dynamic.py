"""The Pulumi face, called as the SDK's server calls it, and as no engine would."""

from __future__ import annotations

import base64
import pickle
from typing import TYPE_CHECKING, Any

import dill
import programs
import pulumi
import pytest
from contexts import FakeContext
from fakes import BROKEN, Script, bad, good
from proves import proves
from pulumi.dynamic import Config, ConfigureRequest
from pulumi.runtime.proto import provider_pb2, status_pb2
from samples import ALL_INPUTS, KEY, LEAST, NUMBER, PHONE, SID, copied, row_of

import rcs_provider
from rcs_provider import RcsAgent, RcsTester
from rcs_provider.api.client import Client
from rcs_provider.core.errors import RcsError, Refusal
from rcs_provider.core.names import camel, renamed
from rcs_provider.core.run import Run
from rcs_provider.dynamic import load, pickled
from rcs_provider.dynamic.provider import RcsProvider
from rcs_provider.objects import by_name
from rcs_provider.program import resources
from rcs_provider.serving import accounts
from rcs_provider.serving.engine_call import Voice

if TYPE_CHECKING:
    from collections.abc import Callable

    from fakes import Clock

CONFIG = {
    "kaleyra:pod": "in",
    "kaleyra:sid": SID,
    "kaleyra:apiKey": KEY,
    "kaleyra:endpoint": "http://127.0.0.1:1",
    "kaleyra:requestsPerSecond": "1e4",
}
UNKNOWN = pulumi.output.Unknown()

PICKLES = {
    "agent": "gASVLQAAAAAAAACMFHJjc19wcm92aWRlci5keW5hbWljlIwEbG9hZJSTlIwFYWdlbnSUhZRSlC4=",
    "tester": "gASVLgAAAAAAAACMFHJjc19wcm92aWRlci5keW5hbWljlIwEbG9hZJSTlIwGdGVzdGVylIWUUpQu",
}
"""What stands in the state of every resource ever made: promised for ever."""


def _provider(kind: str = "agent", **config: str | None) -> RcsProvider:
    made = load(kind)
    given = {**CONFIG, **{f"kaleyra:{name}": value for name, value in config.items()}}
    raw = {name: value for name, value in given.items() if value is not None}
    made.configure(ConfigureRequest(Config(raw, "proof")))
    return made


def _serve(provider: RcsProvider, clock: Clock, **answers: Any) -> Script:
    script = Script(clock, **answers)
    client = Client(provider._settings, script, clock.sleep)
    accounts.ACCOUNTS[provider._settings] = accounts.Account(client, Run())
    return script


def _run_of(provider: RcsProvider) -> Run:
    return provider._account("", Voice(None)).run


class Server:
    """Calls a provider as the SDK's server does: from a method of its name, with a request and a context."""

    def __init__(self, provider: RcsProvider, urn: str = "urn:pulumi:dev::proof::t::one") -> None:
        self.provider, self.urn, self.context = provider, urn, FakeContext()

    def Check(self, request: Any, context: Any, news: dict[str, Any]) -> Any:  # noqa: N802, ARG002
        return self.provider.check({}, news)

    def Create(self, request: Any, context: Any, props: dict[str, Any]) -> Any:  # noqa: N802, ARG002
        return self.provider.create(props)

    def Diff(self, request: Any, context: Any, id_: str, olds: Any, news: Any) -> Any:  # noqa: N802, ARG002
        return self.provider.diff(id_, olds, news)

    def check(self, news: dict[str, Any]) -> Any:
        return self.Check(provider_pb2.CheckRequest(urn=self.urn), self.context, news)

    def create(self, props: dict[str, Any]) -> Any:
        request = provider_pb2.CreateRequest(urn=self.urn)
        request.properties.update({"__provider": "pickle"})
        return self.Create(request, self.context, props)

    def diff(self, id_: str, olds: Any, news: Any) -> Any:
        return self.Diff(provider_pb2.DiffRequest(urn=self.urn), self.context, id_, olds, news)

    @property
    def status(self) -> status_pb2.Status:
        return status_pb2.Status.FromString(self.context.trailer[-1][0][1])


@pytest.fixture(autouse=True)
def no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """No line goes anywhere; what is said is proved over the wire."""
    monkeypatch.setattr("rcs_provider.serving.engine_call.EngineCall.log", lambda *_, **__: True)


# the pickle


@proves("P2", "P3")
@pytest.mark.parametrize(("kind", "text"), PICKLES.items())
def test_the_bytes_in_state_are_these_for_ever_and_load(kind: str, text: str) -> None:
    assert pickled(kind) == text
    found = dill.loads(base64.b64decode(text))  # noqa: S301 - a constant of this file
    assert isinstance(found, RcsProvider)
    assert found._kind == kind


@proves("P2", "E9")
def test_a_configured_provider_pickles_to_the_same_bytes() -> None:
    assert pickle.dumps(_provider(), protocol=4) == base64.b64decode(PICKLES["agent"])
    assert RcsProvider.serialize_as_secret_always is False


def declared(kind: str) -> str:
    """What a program declares as the provider of a kind."""
    made = {
        "agent": lambda: RcsAgent("agent", **LEAST),
        "tester": lambda: RcsTester("handset", agent_no="1", phoneno="2"),
    }
    return str(programs.run(made[kind]).only().inputs["__provider"])


@proves("P2")
@pytest.mark.parametrize("protocol", [2, 4, 5])
@pytest.mark.parametrize(("kind", "text"), PICKLES.items())
def test_a_program_declares_the_same_bytes_whatever_protocol_its_python_prefers(
    monkeypatch: pytest.MonkeyPatch, kind: str, text: str, protocol: int
) -> None:
    monkeypatch.setattr(pickle, "DEFAULT_PROTOCOL", protocol)
    pickled.cache_clear()
    assert declared(kind) == text


@proves("P3")
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_the_bytes_that_another_protocol_would_write_load_as_well(protocol: int) -> None:
    found = dill.loads(pickle.dumps(load("agent"), protocol=protocol))  # noqa: S301 - made in this line
    assert (type(found), found._kind) == (RcsProvider, "agent")


@proves("P3")
def test_a_kind_that_this_version_does_not_know_is_told_so() -> None:
    with pytest.raises(Refusal, match="knows no spaceship"):
        load("spaceship")


def test_every_kind_is_known_by_its_name() -> None:
    assert set(by_name()) == set(PICKLES)


# check


def _checked(news: dict[str, Any], olds: dict[str, Any] | None = None, **config: str | None) -> Any:
    return _provider(**config).check(olds or {}, {"__provider": "p", **news})


@proves("D18", "E8")
def test_settings_that_an_earlier_version_left_in_state_are_read_and_the_new_ones_win() -> None:
    old = {name.replace("kaleyra:", "rcs:"): value for name, value in CONFIG.items()}
    made = load("agent")
    made.configure(ConfigureRequest(Config(old, "proof")))
    assert made._settings == _provider()._settings
    assert made._settings.api_key == KEY
    made.configure(ConfigureRequest(Config({**old, "kaleyra:pod": "na"}, "proof")))
    assert made._settings.pod == "na"


def test_check_fills_in_what_is_stored() -> None:
    result = _checked(copied(dict(LEAST)))
    assert result.failures == []
    assert result.inputs == {**LEAST, "rcs_provider_id": "1", "pod": "in", "sid": SID, "deletion_policy": "prevent"}


@pytest.mark.parametrize("odd", [float("inf"), float("nan"), -0.0, 1e308, 2.0**63])
def test_numbers_of_any_size_are_check_failures_or_texts(odd: float) -> None:
    result = _checked({**copied(dict(LEAST)), "agent_type": odd, "color": odd, "phones": odd})
    assert "color: must be a string" in [each.reason for each in result.failures]


@proves("A12")
def test_a_probe_is_one_call_and_fails_every_check_in_one_line(clock: Clock) -> None:
    provider = _provider(probe="true")
    wrong = bad("record not found", code="RBC001", label="", message="Incorrect SID or API key.")
    script = _serve(provider, clock, list=wrong)
    for _ in range(2):
        (failure,) = provider.check({}, copied(dict(LEAST))).failures
        assert failure.reason.startswith(
            "the account cannot be used: Incorrect SID or API key: record not found (RBC001"
        )
        assert "Check kaleyra:apiKey, kaleyra:sid and kaleyra:pod" in failure.reason
    assert script.calls == ["list"]


@proves("A12")
def test_a_probe_comes_after_mistakes_that_need_no_call(clock: Clock) -> None:
    provider = _provider(probe="true")
    script = _serve(provider, clock, list=good([]))
    assert provider.check({}, {**copied(dict(LEAST)), "color": "blue"}).failures != []
    assert script.calls == []
    assert provider.check({}, copied(dict(LEAST))).failures == []
    assert script.calls == ["list"]


@proves("E8")
def test_a_missing_setting_is_a_check_failure_that_names_the_command() -> None:
    result = _checked(copied(dict(LEAST)), sid=None)
    assert [each.reason for each in result.failures] == [
        "kaleyra:sid is not set: run `pulumi config set kaleyra:sid YOUR_SID`, or set KALEYRA_SID"
    ]


@proves("D15")
def test_a_value_that_no_page_names_passes_with_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    assert _checked({**copied(dict(LEAST)), "billing_category": "NEW_ONE"}).failures == []
    assert "warning: billing_category: is not one of the documented values" in capsys.readouterr().err


def test_what_is_wrong_is_not_warned_about_as_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert _checked({**copied(dict(LEAST)), "billing_category": "NEW_ONE", "color": "red"}).failures
    assert capsys.readouterr().err == ""


def test_one_handset_declared_twice_is_a_failure_without_its_number() -> None:
    provider = _provider("tester")
    Server(provider, "urn::one").check({"agent_no": NUMBER, "phoneno": PHONE})
    failures = Server(provider, "urn::two").check({"agent_no": NUMBER, "phoneno": "+91 90000 00001"}).failures
    assert "declared twice, by one and by two" in failures[0].reason
    assert PHONE not in failures[0].reason


# diff


@pytest.fixture
def stored(clock: Clock) -> dict[str, Any]:
    """State of an agent as this provider stored it."""
    provider = _provider()
    inputs = provider.check({}, {**copied(dict(ALL_INPUTS)), "deletion_policy": "delete"}).inputs
    row = row_of(inputs)
    _serve(provider, clock, list=[good([]), good([row])], create=good({}), get=good(row))
    outs: dict[str, Any] = provider.create(inputs).outs
    return {**outs, "__inputs": inputs}


def _diff(stored: dict[str, Any], **changes: Any) -> Any:
    inputs = {**stored["__inputs"], **changes}
    olds = {name: value for name, value in stored.items() if name != "__inputs"}
    return _provider().diff(NUMBER, {"__provider": "p", **olds}, {"__provider": "p", **inputs})


@proves("P7")
def test_a_change_of_inputs_lets_the_engine_show_it_itself(stored: dict[str, Any]) -> None:
    result = _diff(stored, description="Other")
    assert (result.changes, result.replaces, result.stables) == (None, [], None)


@proves("F5")
def test_state_of_the_plugin_is_written_anew_and_compared_in_our_spelling(stored: dict[str, Any]) -> None:
    """It has no pickled provider, which a destroy without the program needs."""
    provider, inputs = _provider(), stored["__inputs"]
    olds = renamed({name: value for name, value in stored.items() if name != "__inputs"}, camel)
    assert olds["displayName"] == stored["display_name"]
    news = {**inputs, "__provider": "p"}
    assert provider.check(renamed(inputs, camel), news).inputs == inputs
    assert (provider.diff(NUMBER, olds, news).changes, provider.diff(NUMBER, olds, news).replaces) == (True, [])
    assert provider.update(NUMBER, olds, inputs).outs == {name: stored[name] for name in stored if name != "__inputs"}
    elsewhere = {**inputs, "hosting_region": "EUROPE", "__provider": "p"}
    with pytest.raises(Exception, match="hosting_region cannot change in the run that moves a stack"):
        provider.diff(NUMBER, olds, elsewhere)


@proves("F5", "E7")
def test_what_the_program_ignores_is_taken_over_from_the_state_of_the_plugin(stored: dict[str, Any]) -> None:
    """The engine puts stored values into the declared inputs as they are spelt there."""
    inputs = stored["__inputs"]
    news: dict[str, Any] = copied({**inputs, "displayName": "Theirs", "brandDetails": {"brandName": "Theirs"}})
    del news["display_name"], news["brand_details"]["brand_name"]
    checked = _provider().check(renamed(inputs, camel), {"__provider": "p", **news}).inputs
    assert checked["display_name"] == checked["brand_details"]["brand_name"] == "Theirs"
    assert checked["brand_details"]["brand_no"] == inputs["brand_details"]["brand_no"]


@proves("E18")
def test_a_name_in_the_plugins_spelling_is_unknown_in_a_program(stored: dict[str, Any]) -> None:
    inputs = stored["__inputs"]
    (failure,) = _checked({**inputs, "displayName": "A"}, {"__provider": "p", **inputs}).failures
    assert failure.reason.startswith("displayName: unknown field")


@proves("P10", "D25")
def test_a_value_that_is_not_known_yet_is_a_possible_update(stored: dict[str, Any]) -> None:
    for name in ("hosting_region", "brand_details", "description", "languages"):
        result = _diff(stored, **{name: UNKNOWN})
        assert (result.changes, result.replaces) == (None, [])


@proves("P4")
def test_diff_tells_later_creates_who_manages_the_agent(stored: dict[str, Any]) -> None:
    provider = _provider()
    server = Server(provider, "urn::one")
    server.check(stored["__inputs"])
    server.diff(NUMBER, stored, stored["__inputs"])
    assert _run_of(provider).holders(f"agent {NUMBER}") == ["urn::one"]


@proves("D22")
def test_a_resource_that_is_only_read_owns_nothing(stored: dict[str, Any]) -> None:
    provider = _provider()
    _run_of(provider).note(f"agent {NUMBER}", "urn::declared")
    Server(provider, "urn::left over").diff(NUMBER, stored, stored["__inputs"])
    assert _run_of(provider).holders(f"agent {NUMBER}") == ["urn::declared"]


# create, read, update, delete


def _inputs(provider: RcsProvider) -> dict[str, Any]:
    found: dict[str, Any] = provider.check({}, copied(dict(LEAST))).inputs
    return found


def test_a_create_gives_id_and_state(clock: Clock) -> None:
    provider = _provider()
    inputs = _inputs(provider)
    _serve(provider, clock, list=[good([]), good([row_of(inputs)])], create=good({}), get=good(row_of(inputs)))
    result = provider.create({"__provider": "p", **inputs})
    assert result.id == NUMBER
    assert result.outs is not None
    assert result.outs["service_code"] == "SUPPORT"
    assert "__provider" not in result.outs


@proves("D22")
def test_without_an_engine_a_half_made_object_is_stored_as_made_and_marked(clock: Clock) -> None:
    provider = _provider()
    inputs = _inputs(provider)
    _serve(provider, clock, list=good([]), create=good({"agent_number": NUMBER}), get=BROKEN)
    result = provider.create(inputs)
    assert result.id == NUMBER
    assert result.outs is not None
    assert result.outs["__unfinished"] is True


@proves("P9")
def test_an_update_gives_the_whole_state(stored: dict[str, Any], clock: Clock) -> None:
    provider = _provider()
    new = {**stored["__inputs"], "color": "#000000"}
    _serve(provider, clock, get=[good(row_of(stored["__inputs"])), good(row_of(new))], put=good({}))
    olds = {name: value for name, value in stored.items() if name != "__inputs"}
    result = provider.update(NUMBER, olds, new)
    assert result.outs is not None
    assert result.outs == {**olds, "color": "#000000"}


# failures

METHODS: dict[str, Callable[[RcsProvider], Any]] = {
    "check": lambda provider: provider.check({}, {}),
    "diff": lambda provider: provider.diff("1", {}, {}),
    "create": lambda provider: provider.create({"service_code": "X"}),
    "read": lambda provider: provider.read("1", {}),
    "update": lambda provider: provider.update("1", {}, {}),
    "delete": lambda provider: provider.delete("1", {}),
}


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError, RecursionError, ZeroDivisionError]
)
@pytest.mark.parametrize("name", METHODS)
def test_nothing_raw_leaves_a_provider_method(
    monkeypatch: pytest.MonkeyPatch, name: str, error: type[BaseException]
) -> None:
    def torn(*_: object, **__: object) -> None:
        raise error(f"inside\nwith {KEY}")

    for part in ("identity", "create", "read", "update", "delete"):
        monkeypatch.setattr(f"rcs_provider.objects.agent.life.Agent.{part}", torn)
    with pytest.raises(Exception) as caught:  # noqa: PT011 - what is raised is private
        METHODS[name](_provider())
    assert isinstance(caught.value, Exception)
    message = str(caught.value)
    assert f"kaleyra-rcs failed with {error.__name__}: inside with ***. This is a defect" in message
    assert message.isprintable()
    assert caught.value.__suppress_context__


@proves("E19")
@pytest.mark.parametrize("name", METHODS)
def test_an_error_of_ours_is_its_one_line_alone(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise RcsError(f"no\n{KEY}", "Do this.")

    for part in ("identity", "create", "read", "update", "delete"):
        monkeypatch.setattr(f"rcs_provider.objects.agent.life.Agent.{part}", refuse)
    with pytest.raises(Exception, match=r"^no \*\*\*\. Do this\.$"):
        METHODS[name](_provider())


@proves("E19")
def test_the_one_line_travels_in_the_trailer(clock: Clock) -> None:
    provider = _provider()
    _serve(provider, clock, list=BROKEN)
    server = Server(provider)
    with pytest.raises(Exception, match="could not create the agent"):
        server.create(_inputs(provider))
    assert server.status.message.startswith(
        "could not create the agent with service_code SUPPORT: Internal Server Error"
    )
    assert list(server.status.details) == []


@proves("E9")
def test_a_key_that_the_service_repeats_is_not_shown(clock: Clock) -> None:
    from fakes import bad

    provider = _provider()
    _serve(provider, clock, list=bad(f"key {KEY} is not good", label="FIELD_VALUE_ERROR"))
    server = Server(provider)
    with pytest.raises(Exception, match="could not create") as caught:
        server.create(_inputs(provider))
    assert KEY not in str(caught.value)
    assert KEY not in server.status.message


@proves("B6")
def test_another_account_is_refused_before_anything_is_called(stored: dict[str, Any], clock: Clock) -> None:
    provider = _provider(pod="na", endpoint="http://127.0.0.1:2")
    script = _serve(provider, clock)
    for act in (lambda: provider.read(NUMBER, stored), lambda: provider.delete(NUMBER, stored),
                lambda: provider.update(NUMBER, stored, stored["__inputs"])):  # fmt: skip
        with pytest.raises(Exception, match="lives in pod in, but kaleyra:pod is na"):
            act()
    assert script.requests == []


# accounts


@proves("A14")
def test_one_client_serves_both_kinds_of_one_account_and_another_account_has_its_own() -> None:
    agent, tester, other = _provider(), _provider("tester"), _provider(sid="HXIN0000000002IN")
    of_agents, of_testers, of_others = (each._account("", Voice(None)) for each in (agent, tester, other))
    assert of_agents is of_testers
    assert of_agents.client is not of_others.client


@proves("E8")
def test_the_environment_is_read_when_the_provider_is_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KALEYRA_API_KEY", "of-today")
    assert _provider()._settings.key == "of-today"
    assert _provider(explicit="true")._settings.key == KEY


# resources


@proves("E3")
def test_a_resource_that_lacks_an_output_of_its_table_fails_at_import() -> None:
    with pytest.raises(TypeError, match="declares no output for"):

        class Lacking(resources.RcsResource, kind=by_name()["tester"]):
            agent_no: pulumi.Output[str]

    assert rcs_provider.RcsTester.object_kind is by_name()["tester"]
