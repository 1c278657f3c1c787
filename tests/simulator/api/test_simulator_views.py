"""Views: every switch of how answers look does what its sentence says (C11)."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sim_client import BODY, Api, problem


def test_verification_in_answers(api: Api) -> None:
    number = api.made()
    api.world.set(verification_in_answers=True)
    data = api.read(number)
    assert data["verification_state"] == "VERIFICATION_STATE_UNVERIFIED"
    assert {"verification_name", "integration_name"} <= set(data)
    assert "verification_name" in api.put(number).json()["data"]


def test_respell_phones(api: Api) -> None:
    api.world.set(respell_phones=True)
    assert api.read(api.made())["phones"][0]["number"] == "+18001001001"


def test_rehost_images(api: Api) -> None:
    api.world.set(rehost_images=True)
    number = api.made()
    data = api.read(number)
    assert re.fullmatch(r"https://[^/]+/\d{13}-1700000000000-logo\.png", data["logo_url"])
    assert re.fullmatch(r"https://[^/]+/\d{13}-hero\.jpg", data["hero_url"])
    assert api.read(number) == data
    assert api.put(number).json()["data"]["hero_url"] == data["hero_url"]


def test_rehosted_images_can_be_put_back_when_frozen(api: Api) -> None:
    number = api.made()
    api.world.set(rehost_images=True)
    api.world.patch_agent(number, verification_state="VERIFICATION_STATE_VERIFIED")
    assert api.put(number).ok
    assert "hero_url" in problem(api.put(number, hero_url="https://images.example/new.jpg"))[3]


def test_frozen_images_exact(api: Api) -> None:
    number = api.made()
    api.world.set(rehost_images=True)
    api.world.patch_agent(number, verification_state="VERIFICATION_STATE_VERIFIED")
    assert api.put(number, logo_url=BODY["logo_url"]).ok
    api.world.set(frozen_images_exact=True)
    text = "Restricted fields cannot be modified: hero_url, logo_url"
    assert problem(api.put(number, logo_url=BODY["logo_url"], hero_url=BODY["hero_url"]))[3] == text
    assert api.put(number).ok


def test_merge_country_code(api: Api) -> None:
    phone = {**BODY["phones"][0], "country_code": "91", "number": "7360000001"}
    number = api.made(phones=[phone, {**phone, "country_code": ""}])
    api.world.set(merge_country_code=True)
    shown = api.read(number)["phones"]
    assert [(one["number"], "country_code" in one) for one in shown] == [
        ("+917360000001", False),
        ("7360000001", False),
    ]
    assert api.put(number, phones=[{**shown[0], "country_code": "91"}]).ok
    assert api.read(number)["phones"] == shown[:1]


def test_reorder_contacts(api: Api) -> None:
    number = api.made(website=[{"label_text": name, "website": f"https://{name}.example"} for name in "ab"])
    api.world.set(reorder_contacts=True)
    assert [one["label_text"] for one in api.read(number)["website"]] == ["b", "a"]


def test_recase_color(api: Api) -> None:
    api.world.set(recase_color=True)
    assert api.read(api.made())["color"] == "#494E0D"


def test_a_list_follows_a_switch_that_is_set_between_two_lists(api: Api) -> None:
    number = api.made()
    assert api.agents().json()["data"] == [api.read(number)]
    api.world.set(recase_color=True)
    assert api.agents().json()["data"] == [api.read(number)]
    api.put(number, description="New")
    assert api.agents().json()["data"] == [api.read(number)]


def test_rename_billing(api: Api) -> None:
    api.world.set(rename_billing=True)
    number = api.made()
    assert api.read(number)["billing_category"] == "NON_CONVERSATIONAL"
    assert api.put(number).ok


def test_fill_brand(api: Api) -> None:
    number = api.made()
    api.world.set(fill_brand=True)
    assert all(api.read(number)["brand_details"].values())
    assert api.put(number).ok
    assert api.put(number, brand_details=BODY["brand_details"]).ok


def test_drop_empty(api: Api) -> None:
    api.world.set(drop_empty=True)
    data = api.read(api.made(website=[], emails=[]))
    assert not {"website", "emails"} & set(data)


def test_unsent_empty(api: Api) -> None:
    api.world.set(unsent_empty=True)
    created = api.create(languages=None, agent_test_url=None, emails=None).json()["data"]
    assert list(created) == list(BODY)
    assert (created["languages"], created["agent_test_url"], created["emails"]) == ([], "", [])
    number = str(api.world.agents()[0]["agent_number"])
    updated = api.put(number, color=None).json()["data"]
    assert (updated["color"], updated["default_locale"]) == ("", "")
    assert (api.read(number)["color"], api.world.agent(number)["default_locale"]) == (BODY["color"], "en")


def test_extra_fields(api: Api) -> None:
    number = api.made()
    api.register(number)
    known = set(api.read(number))
    api.world.set(extra_fields=True)
    data = api.read(number)
    assert set(data) > known
    assert "number_type" in data["phones"][0]
    assert "revision" in api.testers(number).json()[0]
    assert api.put(number).ok


def test_number_in_answers(api: Api) -> None:
    number = api.made()
    api.register(number)
    api.world.set(number_in_answers="number", create_returns_number=True)
    assert api.read(number)["agent_number"] == int(number)
    assert api.testers(number).json()[0]["agent_no"] == int(number)
    assert isinstance(api.create(service_code="x").json()["data"]["agent_number"], int)
    assert api.put(number).ok


RESPELLINGS = (
    "respell_phones",
    "merge_country_code",
    "rehost_images",
    "frozen_images_exact",
    "reorder_contacts",
    "recase_color",
    "rename_billing",
    "fill_brand",
    "extra_fields",
    "verification_in_answers",
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=st.sets(st.sampled_from(RESPELLINGS)), verified=st.booleans())
def test_what_a_read_shows_an_update_takes_back(api: Api, chosen: set[str], verified: bool) -> None:
    api.world.reset()
    api.world.set(**dict.fromkeys(chosen, True))
    number = api.made()
    if verified:
        api.world.patch_agent(number, verification_state="VERIFICATION_STATE_VERIFIED")
    assert api.put(number).ok
