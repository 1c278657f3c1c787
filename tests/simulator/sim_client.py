"""A client of the simulated API for these tests, and a complete agent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import requests
from samples import FULL

if TYPE_CHECKING:
    from rcs_simulator import World

ROOT = Path(__file__).resolve().parents[2]

_ORDER = (
    "agent_type", "display_name", "logo_url", "hero_url", "default_locale", "agent_test_url", "end_point_config",
    "primary_interaction_type", "service_code", "description", "phones", "emails", "privacy", "terms_conditions",
    "color", "billing_category", "agent_use_case", "hosting_region", "status", "languages", "rcs_provider_id",
    "website", "brand_details",
)  # fmt: skip
"""The keys of an agent as the page of create lists them, which is the order of its answer."""

_GROCER: dict[str, Any] = {
    **FULL,
    "logo_url": "https://images.example/1700000000000-logo.png",
    "service_code": "GROCER",
    "phones": FULL["phones"][:1],
    "agent_test_url": "https://www.example.com",
    "status": "ACTIVE",
}
BODY = {name: _GROCER[name] for name in _ORDER}
"""A complete agent, whose logo was hosted once before."""


class Api:
    """The API as a client sees it; every method returns the raw response."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers.update({"api-key": world.api_key, "Content-Type": "application/json"})

    def call(self, method: str, path: str, **options: Any) -> requests.Response:
        return self.session.request(
            method,
            f"{self.world.url}/v1/{self.world.sid}/rcs{path}",
            **{"timeout": 10, "allow_redirects": False, **options},
        )

    def create(self, **changes: Any) -> requests.Response:
        body = {name: value for name, value in {**BODY, **changes}.items() if value is not None}
        return self.call("POST", "/agent", json=body)

    def made(self, **changes: Any) -> str:
        """Create an agent and return its number, which only the list tells."""
        answer = self.create(**changes)
        assert answer.ok, answer.text
        code = changes.get("service_code", BODY["service_code"])
        return str(next(one for one in reversed(self.world.agents()) if one["service_code"] == code)["agent_number"])

    def get(self, number: str) -> requests.Response:
        return self.call("GET", f"/agent/{number}")

    def read(self, number: str) -> dict[str, Any]:
        answer = self.get(number)
        assert answer.ok, answer.text
        return dict(answer.json()["data"])

    def put(self, number: str, **changes: Any) -> requests.Response:
        """Read, change, put back: None takes a field out."""
        body = {name: value for name, value in {**self.read(number), **changes}.items() if value is not None}
        return self.call("PUT", f"/agent/{number}", json=body)

    def delete(self, number: str) -> requests.Response:
        return self.call("DELETE", f"/agent/{number}")

    def agents(self) -> requests.Response:
        return self.call("GET", "/agents")

    def verification(self, number: str) -> requests.Response:
        return self.call("GET", "/agentstatus", params={"agent_number": number})

    def register(self, number: str, phoneno: str = "919530000092") -> requests.Response:
        return self.call("POST", "/agenttester/register", json={"phoneno": phoneno, "agent_no": number})

    def testers(self, number: str, path: str = "/agenttester/testersbyagent") -> requests.Response:
        return self.call("GET", path, params={"agent_number": number})


def problem(answer: requests.Response) -> tuple[int, str, str, str]:
    """Return status, code, label and text of a refusal, after a look at its envelope."""
    body = answer.json()
    assert list(body) == ["code", "message", "data", "error"]
    assert body["data"] == []
    return answer.status_code, body["code"], body["error"]["error_code"], body["error"]["error_message"]


def names(world: World) -> list[str]:
    """Return the service codes of the stored agents, in order of creation."""
    return [one["service_code"] for one in world.agents()]
