"""A new kind of object costs its description: `toy.Toy` gets all that agents have, and no other file knows of it."""

from __future__ import annotations

import inspect
import json
from typing import TYPE_CHECKING, Any

import pytest
import toy
from fakes import Heard, settings
from programs import run
from proves import proves
from pulumi.dynamic import Config, ConfigureRequest
from reference.resource import page_of

from rcs_provider import objects
from rcs_provider.api.client import Client
from rcs_provider.api.envelope import Answer
from rcs_provider.cli.stack_file import parse
from rcs_provider.cli.validate_checks import findings
from rcs_provider.core.run import Run
from rcs_provider.dynamic import load
from rcs_provider.export import project, read_account
from rcs_provider.program import stack_data
from rcs_provider.serving import accounts

if TYPE_CHECKING:
    from fakes import Clock

    from rcs_provider.api.request import Request
    from rcs_provider.dynamic.provider import RcsProvider

TOY = toy.Toy()
BALL = {"toy_code": "BALL", "colour": "red", "size": "SMALL"}
CONFIG = {"pod": "in", "sid": "SID", "apiKey": "key", "endpoint": "http://127.0.0.1:1", "deletionPolicy": "delete"}


class Service:
    """A service that has toys: its own simulator, which knows nothing of the package's."""

    def __init__(self) -> None:
        self.toys: dict[str, dict[str, Any]] = {}
        self.calls: list[str] = []

    def send(self, request: Request) -> Answer:
        path = request.url.partition("/rcs")[2]
        number = path.removeprefix("/toy/")
        self.calls.append(f"{request.method} {path}")
        if path in ("/agents", "/toys"):
            return _answer([*self.toys.values()] if path == "/toys" else [])
        if request.method == "POST":
            number = str(len(self.toys) + 1)
            self.toys[number] = {"toy_number": number}
        if number not in self.toys:
            return _answer([], error={"error_code": "PROV_ERROR", "error_message": "Toy not found"})
        self.toys[number].update(request.body or {})
        return _answer(self.toys.pop(number) if request.method == "DELETE" else dict(self.toys[number]))


def _answer(data: Any, error: dict[str, str] | None = None) -> Answer:
    envelope = {"code": "RCS904" if error else "RCS902", "message": "", "data": data, "error": error or {}}
    return Answer(400 if error else 200, {}, json.dumps(envelope).encode())


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(objects, "OBJECTS", (*objects.OBJECTS, TOY))


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
def provider(service: Service, clock: Clock) -> RcsProvider:
    made = load("toy")
    made.configure(ConfigureRequest(Config({f"kaleyra:{name}": value for name, value in CONFIG.items()}, "proof")))
    accounts.ACCOUNTS[made._settings] = accounts.Account(Client(made._settings, service, clock.sleep), Run())
    return made


def test_a_description_is_short() -> None:
    assert len(inspect.getsource(toy).splitlines()) <= 60


@proves("E2")
def test_a_check_fills_in_and_finds_every_mistake(provider: RcsProvider) -> None:
    found = provider.check({}, BALL)
    assert found.inputs == {**BALL, "pod": "in", "sid": "SID", "deletion_policy": "delete"}
    assert found.failures == []
    wrong = provider.check({}, {"toy_code": "BALL", "colour": "x" * 11, "size": "HUGE", "weight": 1})
    assert [each.reason.partition(":")[0] for each in wrong.failures] == ["colour", "size", "weight"]


@proves("A4", "A5")
def test_a_toy_has_a_whole_life(provider: RcsProvider, service: Service) -> None:
    inputs = provider.check({}, BALL).inputs
    made = provider.create(inputs)
    stored = {**made.outs, "__provider": "p"}  # as the SDK's server adds it
    assert (made.id, service.calls) == ("1", ["GET /toys", "POST /toy", "GET /toy/1"])

    blue = provider.check(inputs, {**BALL, "colour": "blue"}).inputs
    changed = provider.diff("1", stored, blue)
    assert (changed.changes, changed.replaces) == (None, [])
    state = provider.update("1", stored, blue).outs
    assert service.toys["1"]["colour"] == "blue"

    again = provider.check(blue, {**blue, "colour": "BLUE"})
    assert again.inputs == blue, "the spelling already stored is kept"
    large = provider.check(blue, {**blue, "size": "LARGE"}).inputs
    replaced = provider.diff("1", {**state, "__provider": "p"}, large)
    assert (replaced.replaces, replaced.delete_before_replace) == (["size"], True)

    read = provider.read("1", state)
    assert (read.id, read.inputs) == ("1", blue)
    accounts.ACCOUNTS[provider._settings].run.made.clear()  # a later run deletes it
    provider.delete("1", state)
    assert service.toys == {}
    assert provider.read("1", state).id == ""


@proves("B17")
def test_a_toy_that_is_there_is_taken_over_or_refused(provider: RcsProvider, service: Service) -> None:
    service.toys["7"] = {"toy_number": "7", **BALL}
    assert provider.create(provider.check({}, BALL).inputs).id == "7"
    assert not any(each.startswith("POST") for each in service.calls)
    large = provider.check({}, {**BALL, "size": "LARGE"}).inputs
    with pytest.raises(Exception, match="toy 7 has this toy code already and differs in size"):
        provider.create(large)


def test_an_account_with_a_toy_is_exported(service: Service, clock: Clock) -> None:
    service.toys["7"] = {"toy_number": "7", **BALL}
    found = read_account(Client(settings(), service, clock.sleep), Heard())
    files = project(settings(), found, "program", "in")
    assert (
        'ball = RcsToy(\n    "BALL",\n    toy_code="BALL",\n    colour="red",\n    size="SMALL",\n)'
        in files["__main__.py"]
    )
    (entry,) = json.loads(files["import.json"])["resources"]
    assert (entry["type"], entry["id"], entry["inputs"]["size"]) == (TOY.token, "7", "SMALL")
    assert (
        "  rcs:toys:\n    BALL:\n      toy_code: BALL\n" in project(settings(), found, "stack", "in")["Pulumi.in.yaml"]
    )


def test_a_stack_lists_toys() -> None:
    found = run(stack_data.declare, config={"rcs:toys": json.dumps({"ball": BALL})})
    (made,) = found.of(TOY.token)
    assert (made.name, made.inputs["toy_code"], made.inputs["colour"]) == ("ball", "BALL", "red")


def test_a_stack_file_with_toys_is_validated() -> None:
    account = "config:\n  kaleyra:pod: in\n  kaleyra:sid: SID\n"
    file = f"{account}  rcs:toys:\n    ball: {{toy_code: B, colour: red, size: HUGE}}\n"
    (found,) = findings(parse(file))
    assert (found.line, found.path, found.reason) == (5, "toys.ball.size", "must be one of SMALL, LARGE")


def test_a_toy_has_a_page() -> None:
    page = page_of(TOY)
    for name in ("RcsToy", *(each.name for each in TOY.table)):
        assert name in page
