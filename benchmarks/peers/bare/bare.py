"""Dynamic providers as a tutorial writes them: no validation, no retries, no normal forms, no drift, no adoption."""

import os
from typing import Any

import requests
from pulumi import Input
from pulumi.dynamic import CreateResult, DiffResult, ReadResult, Resource, ResourceProvider, UpdateResult

_SESSION = requests.Session()


def _call(method: str, path: str, body: Any = None) -> Any:
    url = f"{os.environ['KALEYRA_ENDPOINT']}/v1/{os.environ['KALEYRA_SID']}/rcs/{path}"
    answer = _SESSION.request(method, url, json=body, headers={"api-key": os.environ["KALEYRA_API_KEY"]}, timeout=60)
    answer.raise_for_status()
    return answer.json()


def _plain(props: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in props.items() if not name.startswith("__")}


class AgentProvider(ResourceProvider):
    """Makes the same calls as this package."""

    serialize_as_secret_always = False

    def __reduce__(self) -> tuple[Any, tuple[()]]:
        return AgentProvider, ()

    def create(self, props: dict[str, Any]) -> CreateResult:
        number = _call("POST", "agent", _plain(props))["data"]["agent_number"]
        return CreateResult(number, {**self._live(number), **_plain(props)})

    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> DiffResult:
        olds, news = _plain(_olds), _plain(_news)
        return DiffResult(any(olds.get(name) != value for name, value in news.items()))

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        return ReadResult(id_, {**self._live(id_), **_plain(props)})

    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        _call("PUT", f"agent/{_id}", {**self._live(_id), **_plain(_news)})
        return UpdateResult({**self._live(_id), **_plain(_news)})

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        _call("DELETE", f"agent/{_id}")

    def _live(self, number: str) -> dict[str, Any]:
        return dict(_call("GET", f"agent/{number}")["data"])


class TesterProvider(ResourceProvider):
    """Invites, and reads the list."""

    serialize_as_secret_always = False

    def __reduce__(self) -> tuple[Any, tuple[()]]:
        return TesterProvider, ()

    def create(self, props: dict[str, Any]) -> CreateResult:
        _call("POST", "agenttester/register", _plain(props))
        return CreateResult(f"{props['agent_no']}/{props['phoneno']}", _plain(props))

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        listed = _call("GET", f"agent/testersbyagent?agent_number={props['agent_no']}")
        known = any(each["phoneno"] == props["phoneno"] for each in listed)
        return ReadResult(id_ if known else "", props)


class Agent(Resource):
    """An agent."""

    def __init__(self, name: str, props: dict[str, Any]) -> None:
        super().__init__(AgentProvider(), name, props)


class Tester(Resource):
    """A tester."""

    def __init__(self, name: str, props: dict[str, Input[str]]) -> None:
        super().__init__(TesterProvider(), name, props)
