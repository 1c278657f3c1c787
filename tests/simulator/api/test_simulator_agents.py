"""Agents: what create, read, list, update and delete do and answer (C10)."""

from __future__ import annotations

from sim_client import BODY, Api, problem

NOT_FOUND = (400, "RCS904", "PROV_ERROR", "Agent not found")
HIDDEN = {"default_locale", "agent_test_url", "end_point_config", "primary_interaction_type", "languages"}


def test_create_echoes_the_request_without_number_and_with_two_values_emptied(api: Api) -> None:
    answer = api.create().json()
    assert (answer["code"], answer["message"], answer["error"]) == ("RCS902", "RCS Agent created successfully", {})
    assert answer["data"] == {**BODY, "default_locale": "", "status": ""}
    assert list(answer["data"]) == list(BODY)


def test_create_takes_the_status_sent(api: Api) -> None:
    assert api.read(api.made(status="Draft"))["status"] == "DRAFT"
    assert api.read(api.made(status=None, service_code="x"))["status"] == "ACTIVE"


def test_numbers_are_texts_of_five_or_more_digits_that_increase(api: Api) -> None:
    numbers = [api.made(service_code=f"code-{index}") for index in range(5)]
    assert all(number.isdigit() and len(number) >= 5 for number in numbers)
    assert sorted(numbers, key=int) == numbers
    assert len(set(numbers)) == 5


def test_read_leaves_out_what_the_page_leaves_out(api: Api) -> None:
    data = api.read(api.made())
    assert not HIDDEN & set(data)
    assert not {name for name in data if name.startswith("verification")}
    assert list(data["phones"][0]) == ["is_toll_free", "number", "label_text"]


def test_read_gives_the_provider_as_number_and_the_agent_number_as_text(api: Api) -> None:
    number = api.made()
    data = api.read(number)
    assert (data["rcs_provider_id"], data["agent_number"], data["integration_status"]) == (1, number, False)


def test_not_found_is_a_400(api: Api) -> None:
    assert problem(api.get("1")) == NOT_FOUND
    assert problem(api.delete("1")) == NOT_FOUND
    assert problem(api.call("PUT", "/agent/1", json=BODY)) == NOT_FOUND


def test_an_empty_list_is_a_400(api: Api) -> None:
    assert problem(api.agents()) == (400, "RCS904", "PROV_ERROR", "No Agents Found")


def test_the_list_holds_the_same_objects_as_a_read(api: Api) -> None:
    numbers = [api.made(), api.made(service_code="SECOND")]
    listed = api.agents().json()
    assert listed["code"] == "RCS902"
    assert listed["data"] == [api.read(number) for number in numbers]


def test_update_answers_four_fields_more_but_no_languages(api: Api) -> None:
    number = api.made()
    answer = api.put(number, description="New words").json()
    assert (answer["code"], answer["message"]) == ("RCS902", "Agent updated successfully")
    assert set(answer["data"]) - set(api.read(number)) == HIDDEN - {"languages"} | {"integration_name"}
    assert api.read(number)["description"] == "New words"


def test_update_without_hidden_fields_resets_them_and_keeps_languages(api: Api) -> None:
    number = api.made()
    api.put(number)
    stored = api.world.agent(number)
    assert (stored["agent_test_url"], stored["default_locale"], stored["languages"]) == ("", "en", ["English", "Hindi"])


def test_update_changes_each_editable_field(api: Api) -> None:
    changes = {
        "agent_type": "2",
        "display_name": "Other",
        "logo_url": "https://images.example/other.jpeg",
        "hero_url": "https://images.example/other.PNG",
        "service_code": "OTHER",
        "description": "Other",
        "phones": [],
        "emails": [{"is_primary": False, "email": "b@example.com", "label_text": "other"}],
        "privacy": {"website": "https://www.example.com/p2", "label_text": "P2"},
        "terms_conditions": {"website": "https://www.example.com/t2", "label_text": "T2"},
        "color": "#8A1E1E",
        "billing_category": "CONVERSATIONAL",
        "agent_use_case": "OTP",
        "website": [],
    }
    number = api.made()
    assert api.put(number, **changes).ok
    data = api.read(number)
    assert {name: data[name] for name in changes} == changes


def test_update_refuses_each_restricted_field_by_name(api: Api) -> None:
    number = api.made()
    restricted = {
        "id": "other",
        "agent_number": "99999",
        "provider_agent_id": "other",
        "status": "INACTIVE",
        "integration_status": True,
        "hosting_region": "EUROPE",
        "brand_details": {"brand_no": "1"},
        "rcs_provider_id": 3,
        "verification_state": "VERIFICATION_STATE_VERIFIED",
    }
    for name, value in restricted.items():
        text = f"Restricted fields cannot be modified: {name}"
        assert problem(api.put(number, **{name: value})) == (400, "RCS904", "RESTRICTED_FIELDS_MODIFY_ATTEMPT", text)


def test_update_names_all_restricted_fields_at_once(api: Api) -> None:
    text = problem(api.put(api.made(), hosting_region="EUROPE", rcs_provider_id="3"))[3]
    assert text == "Restricted fields cannot be modified: hosting_region, rcs_provider_id"


def test_update_accepts_restricted_values_in_another_spelling(api: Api) -> None:
    number = api.made()
    assert api.put(number, status="Active", rcs_provider_id="1", integration_status="false").ok


def test_name_and_pictures_freeze_when_verified(api: Api) -> None:
    number = api.made()
    api.world.patch_agent(number, verification_state="VERIFICATION_STATE_VERIFIED")
    assert api.put(number, description="still editable").ok
    for name, value in {
        "display_name": "x",
        "hero_url": "https://a.example/x.png",
        "logo_url": "https://a.example/y.png",
    }.items():
        assert problem(api.put(number, **{name: value}))[3] == f"Restricted fields cannot be modified: {name}"


def test_update_needs_the_whole_object(api: Api) -> None:
    answer = api.put(api.made(), id=None, brand_details=None, display_name=None)
    text = "missing required fields: id, brand_details, display_name"
    assert problem(answer) == (400, "RCS904", "MISSING_REQUIRED_FIELDS", text)


def test_update_does_not_need_color(api: Api) -> None:
    number = api.made()
    assert api.put(number, color=None).ok
    assert api.read(number)["color"] == "#494e0d"


def test_a_wrong_value_has_other_words_on_an_update(api: Api) -> None:
    answer = api.put(api.made(), agent_use_case="NONE")
    assert answer.json()["message"] == "RCS Agent creation Failed"
    assert problem(answer)[2:] == ("FIELD_VALUE_ERROR", "Invalid field values are passed")


def test_delete_leaves_a_readable_deleted_agent(api: Api) -> None:
    number = api.made()
    answer = api.delete(number)
    assert (answer.status_code, answer.json()["code"], answer.json()["error"]) == (200, "RCS902", {})
    assert api.read(number)["status"] == "DELETED"
    assert api.world.agents() == []
    assert [one["agent_number"] for one in api.world.agents(deleted=True)] == [number]


def test_a_deleted_agent_can_be_neither_updated_nor_deleted(api: Api) -> None:
    number = api.made()
    api.delete(number)
    assert problem(api.put(number)) == NOT_FOUND
    assert problem(api.delete(number)) == NOT_FOUND


def test_service_codes_are_unique_among_live_agents(api: Api) -> None:
    first = api.made()
    mapped = '{"status":"FAILED","message":"Service code already mapped with another agent.","messageKey":"message"}'
    assert problem(api.create()) == (400, "RCS904", "PROV_ERROR", mapped)
    second = api.made(service_code="SECOND")
    assert problem(api.put(second, service_code="GROCER"))[3] == mapped
    api.delete(first)
    assert api.create().ok


def test_accounts_of_one_pod_do_not_see_each_others_agents(api: Api) -> None:
    number = api.made()
    api.world.set_accounts({"OTHER": ["other-key"], "SIMULATEDIN01": ["simulated-key-in"]})
    api.session.headers["api-key"] = "other-key"
    assert problem(api.get(number)) == NOT_FOUND
    assert problem(api.agents())[3] == "No Agents Found"


def test_brands_and_masters_answer(api: Api) -> None:
    api.made()
    assert api.call("GET", "/brands").json()["data"][0]["brand_number"] == "8032"
    assert "#494e0d" in api.call("GET", "/masters").json()["data"]["color"]
    assert list(api.call("GET", "/masters", params={"listname": "color"}).json()["data"]) == ["color"]
    assert problem(api.call("GET", "/masters", params={"listname": "none"}))[2] == "FIELD_VALUE_ERROR"
