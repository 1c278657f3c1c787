"""What an answer says: its data, or one of our errors and never another one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fakes import NO_AGENTS, NOT_FOUND, bad, good
from hypothesis import given, settings
from hypothesis import strategies as st
from proves import proves

from rcs_provider.api.envelope import RULES, SUCCESS, Answer, data_of
from rcs_provider.core.errors import (
    ApiError,
    KeyRefused,
    NotFound,
    NothingThere,
    RcsError,
    ServerError,
    ServiceCodeTaken,
    Throttled,
    Unclear,
)
from rcs_provider.core.fields import Field, Role
from rcs_provider.core.text import one_line
from rcs_provider.objects.agent.fields import TABLE

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
STATUS = st.sampled_from(
    [100, 200, 201, 204, 301, 302, 400, 401, 403, 404, 405, 413, 429, 500, 502, 503, 599]
) | st.integers(100, 599)
ENVELOPES = st.fixed_dictionaries(
    {},
    optional={
        "code": st.sampled_from(["RCS902", "RCS904", "RCS500", "RBC001", ""]) | JSON,
        "message": JSON,
        "data": JSON,
        "error": st.fixed_dictionaries(
            {},
            optional={
                "error_code": st.sampled_from(["PROV_ERROR"]) | JSON,
                "error_message": JSON,
                "error": JSON,
                "body": JSON,
            },
        )
        | JSON,
    },
)

CONTACT = ("Validation failed", "CONTACT_REQUIRED", "Either phone or email must be provided")
FORMAT = "Fields with invalid format are passed"
EXAMPLE = "invalid URL format for field 'agent_test_url': www.example.com (example url - https://www.testurl.com)"
USE_CASE = (
    "invalid value for 'agent_use_case': INVALID_USE_CASE. "
    "Allowed values: TRANSACTIONAL, PROMOTIONAL, OTP, MULTI_USE, AGENT_USE_CASE_UNSPECIFIED"
)

SAMPLES: list[tuple[int, str, str, str, str, type[ApiError], str]] = [
    (400, "RCS904", *CONTACT, ApiError, "Declare these fields."),
    (400, "RCS904", "Required fields are missing", "MISSING_REQUIRED_FIELDS",
     "missing required fields: rcs_provider_id", ApiError, "Declare these fields."),
    (400, "RCS904", "Required fields are missing", "MISSING_REQUIRED_FIELDS",
     "missing required fields: color, verification_state", ApiError, "What only Kaleyra sets cannot be declared."),
    (400, "RCS904", FORMAT, "INVALID_FIELD_FORMAT", EXAMPLE, ApiError, "Change the value in the program."),
    (400, "RCS904", FORMAT, "INVALID_FIELD_FORMAT", "invalid email format for field 'email'", ApiError,
     "Change the value in the program."),
    (400, "RCS904", FORMAT, "INVALID_FIELD_FORMAT", "invalid URL format for field 'agent_test_url'", ApiError,
     "Change the value in the program."),
    (400, "RCS904", FORMAT, "INVALID_FIELD_FORMAT", "invalid image URL for field 'logo_url'", ApiError,
     "Change the value in the program."),
    (400, "RCS904", "Invalid field values are passed", "FIELD_VALUE_ERROR", USE_CASE, ApiError,
     "Change the value in the program."),
    (400, "RCS904", "RCS Agent creation Failed", "FIELD_VALUE_ERROR", "Invalid field values are passed", ApiError,
     "Change the value in the program."),
    (400, "RCS904", "Cannot modify restricted fields during update", "RESTRICTED_FIELDS_MODIFY_ATTEMPT",
     "Restricted fields cannot be modified: rcs_provider_id", ApiError, "Kaleyra does not let an update change these"),
    (400, "RCS601", "RCS Channel is not enabled for this User", "RCS_CHANNEL_DISABLED",
     "RCS Channel is not enabled for this User", ApiError, "Ask your Kaleyra representative"),
    (400, "RCS701", "Invalid json format passed", "INVALID_JSON_PAYLOAD",
     "invalid character '}' looking for beginning of object key string", ApiError,
     "kaleyra-rcs sent what this API does not take"),
    (405, "RCS405", "Method not allowed", "METHOD_NOT_ALLOWED", "Method not allowed", ApiError,
     "kaleyra-rcs sent what this API does not take"),
    (500, "RCS502", "Internal Gateway Error", "RCS_CHANNEL_INTERNAL_ERROR", "Internal Gateway Error", ServerError,
     "This is an error inside Kaleyra"),
    (500, "RCS500", "Internal Server Error", "RCS_CHANNEL_INTERNAL_ERROR", "Internal Server Error", ServerError,
     "This is an error inside Kaleyra"),
    (400, "RCS904", "Unable to fetch RCS Agent details", "PROV_ERROR", "Agent not found", NotFound, ""),
    (400, "RCS904", "Unable to fetch RCS Agent details", "PROV_ERROR", "No Agents Found", NothingThere, ""),
]  # fmt: skip
"""The failure samples of the vendor's pages, repaired by hand where they are no JSON, with what each one means."""


def _outcome(answer: Answer, *, empty_ok: bool = False) -> str | None:
    """The line that an answer fails with, or None where it is good; any other error fails the test."""
    try:
        data_of(answer, empty_ok=empty_ok)
    except RcsError as error:
        return str(error)
    return None


def _raised(answer: Answer) -> RcsError:
    with pytest.raises(RcsError) as caught:
        data_of(answer)
    return caught.value


@proves("B16")
@pytest.mark.parametrize(("status", "code", "message", "label", "text", "kind", "hint"), SAMPLES)
def test_every_failure_sample_becomes_its_error_with_code_words_and_what_to_do(  # noqa: PLR0913, PLR0917
    status: int, code: str, message: str, label: str, text: str, kind: type[ApiError], hint: str
) -> None:
    error = _raised(bad(text, code=code, label=label, status=status, message=message))
    assert type(error) is kind
    assert isinstance(error, ApiError)
    assert (error.status, error.code, error.label) == (status, code, label)
    assert text in str(error)
    assert code in str(error)
    assert error.hint.startswith(hint)


@proves("B16")
@pytest.mark.parametrize("field", [each for each in TABLE if each.role is not Role.SETTING], ids=lambda each: each.name)
def test_only_fields_that_a_program_may_set_are_to_be_declared(field: Field) -> None:
    error = _raised(bad(f"missing required fields: {field.key}", label="MISSING_REQUIRED_FIELDS"))
    assert isinstance(error, ApiError)
    assert (error.hint == "Declare these fields.") is (field.role is not Role.READ_ONLY)


@pytest.mark.parametrize(("code", "why"), [("RBC001", "record not found"), ("RBC201", "API Key Not Found")])
@pytest.mark.parametrize("status", [200, 400, 401])
def test_a_wrong_key_or_sid_is_explained_whatever_its_http_status(code: str, why: str, status: int) -> None:
    body = {
        "code": code, "message": "Incorrect SID or API key.", "data": [],
        "error": {"body": "Incorrect SID or API key.", "error": why},
    }  # fmt: skip
    error = _raised(Answer(status, {}, json.dumps(body).encode()))
    assert type(error) is KeyRefused
    assert f"Incorrect SID or API key: {why} ({code}, HTTP {status})" in str(error)
    assert "kaleyra:apiKey, kaleyra:sid and kaleyra:pod" in error.hint


def test_a_taken_service_code_is_found_inside_the_json_within_the_text() -> None:
    inner = '{"status":"FAILED","message":"Service code already mapped with another agent.","messageKey":"message"}'
    error = _raised(bad(inner, message="RCS Agent creation Failed"))
    assert type(error) is ServiceCodeTaken
    assert str(error).startswith("RCS Agent creation Failed: Service code already mapped with another agent.")
    assert "messageKey" not in str(error)


@pytest.mark.parametrize("inner", ["{broken", '{"status": "FAILED"}', '{"message": ""}', "{" * 50_000])
def test_json_within_the_text_that_cannot_be_unwrapped_is_shown_as_it_is(inner: str) -> None:
    assert inner[:20] in str(_raised(bad(inner)))


@proves("A1")
@pytest.mark.parametrize("status", [400, 404])
def test_the_documented_not_found_is_told_under_400_and_404(status: int) -> None:
    assert type(_raised(bad("Agent not found", status=status))) is NotFound
    assert type(_raised(bad("AGENT NOT FOUND", status=status))) is NotFound


@proves("A2")
@pytest.mark.parametrize(
    "answer",
    [
        bad("Agent not found", code="RCS905"),
        bad("Agent not found", label="FIELD_VALUE_ERROR"),
        bad("Agent not found", label=""),
        bad("Agent not found", status=403),
        bad("Agent not found", status=500),
        bad("Agent not found", status=200),
        bad("Agent unavailable"),
        bad("Missing agent number"),
        Answer(404, {}, b""),
        Answer(404, {}, b"<html>not found</html>"),
        Answer(404, {}, b'{"message": "not found"}'),
        Answer(404, {}, b'"not found"'),
        Answer(400, {}, b"Agent not found"),
    ],
)
def test_anything_but_the_documented_combination_is_never_not_found(answer: Answer) -> None:
    assert not isinstance(_raised(answer), (NotFound, NothingThere))


@pytest.mark.parametrize("words", ["No Agents Found", "no agent found", "No Testers Found", "no tester found."])
def test_an_empty_list_is_told_from_an_object_that_is_not_found(words: str) -> None:
    assert type(_raised(bad(words, label="PROV_ERROR"))) is NothingThere


@proves("A2")
@pytest.mark.parametrize("status", [401, 403])
def test_a_bare_refusal_to_let_us_in_points_at_the_key(status: int) -> None:
    error = _raised(Answer(status, {}, b"Forbidden"))
    assert type(error) is KeyRefused
    assert "kaleyra:apiKey" in str(error)
    assert f"HTTP {status}" in str(error)


@proves("A2")
@pytest.mark.parametrize("status", [404, 405])
def test_a_bare_404_or_405_points_at_the_endpoint(status: int) -> None:
    assert "kaleyra:endpoint" in str(_raised(Answer(status, {}, b"")))


@proves("A2")
@pytest.mark.parametrize("status", [500, 501, 502, 503, 504, 599])
@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b'{"code": "X"}'])
def test_every_5xx_is_a_server_error_whatever_its_body(status: int, body: bytes) -> None:
    assert type(_raised(Answer(status, {}, body))) is ServerError


@pytest.mark.parametrize("body", [b"", b"slow down", b'{"code": "RCS904", "error": {"error_code": "PROV_ERROR"}}'])
def test_429_is_throttled_and_keeps_how_long_to_wait(body: bytes) -> None:
    error = _raised(Answer(429, {"retry-after": "17"}, body))
    assert type(error) is Throttled
    assert isinstance(error, ApiError)
    assert error.retry_after == "17"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_an_error_that_says_so(status: int) -> None:
    assert "redirects elsewhere" in str(_raised(Answer(status, {"location": "https://elsewhere.example"}, b"")))


@pytest.mark.parametrize("code", SUCCESS)
@pytest.mark.parametrize("status", [200, 201, 202, 204])
@pytest.mark.parametrize("data", [{}, [], {"agent_number": "1"}, None])
def test_any_2xx_with_a_code_of_success_is_its_data(code: str, status: int, data: Any) -> None:
    assert data_of(Answer(status, {}, json.dumps({"code": code, "data": data, "error": {}}).encode())) == data
    assert data_of(Answer(status, {}, json.dumps({"code": code, "data": data}).encode())) == data


def test_a_bare_array_is_its_own_data() -> None:
    assert data_of(Answer(200, {}, b'[{"phoneno": "919000000001"}]')) == [{"phoneno": "919000000001"}]


@pytest.mark.parametrize("status", [200, 201, 202])
def test_an_error_envelope_counts_under_a_good_status_too(status: int) -> None:
    assert type(_raised(bad("Internal Server Error", code="RCS500", label="X", status=status))) is ServerError
    assert type(_raised(bad("No", code="RCS904", label="FIELD_VALUE_ERROR", status=status))) is ApiError


def test_a_code_of_success_with_an_error_beside_it_is_an_error() -> None:
    body = {
        "code": "RCS902",
        "message": "Done",
        "data": {},
        "error": {"error_code": "PROV_ERROR", "error_message": "No"},
    }
    assert type(_raised(Answer(200, {}, json.dumps(body).encode()))) is ApiError


@pytest.mark.parametrize(
    "body", [b"", b"  \n", b"<html>", b'{"code": "RCS902"', b"\xff\xfe\x00", b"{}", b"7", b'"ok"', b"null"]
)
def test_a_good_status_with_an_unreadable_body_is_unclear(body: bytes) -> None:
    assert type(_raised(Answer(200, {}, body))) is Unclear


def test_an_empty_body_is_good_only_where_the_operation_says_so() -> None:
    assert data_of(Answer(204, {}, b""), empty_ok=True) is None
    assert data_of(Answer(200, {}, b" \n"), empty_ok=True) is None
    with pytest.raises(Unclear, match="empty"):
        data_of(Answer(204, {}, b""))
    with pytest.raises(ServerError):
        data_of(Answer(500, {}, b""), empty_ok=True)


@given(status=STATUS, body=st.binary(max_size=200), empty_ok=st.booleans())
def test_any_bytes_under_any_status_give_data_or_one_of_our_errors(status: int, body: bytes, empty_ok: bool) -> None:
    said = _outcome(Answer(status, {}, body), empty_ok=empty_ok)
    assert (said or "good").isprintable()
    assert said or 200 <= status < 300


@given(status=STATUS, document=JSON | ENVELOPES)
@settings(max_examples=200)
def test_any_json_under_any_status_gives_data_or_one_line_of_our_errors(status: int, document: Any) -> None:
    said = _outcome(Answer(status, {}, json.dumps(document).encode()))
    assert said != ""
    assert (said or "good").isprintable()
    assert said or 200 <= status < 300


def test_json_nested_to_any_depth_gives_data_or_one_of_our_errors() -> None:
    for depth in (*range(100, 1100, 7), *range(880, 1000), 20_000):
        for key in ("message", "error"):
            nested = f'{{"code": "RCS904", "{key}": {"[" * depth}{"]" * depth}}}'
            for status in (200, 400):
                with pytest.raises(RcsError):
                    data_of(Answer(status, {}, nested.encode()))


@given(st.text(st.characters(codec=None)))
def test_foreign_text_is_one_printable_line_of_limited_length(text: str) -> None:
    shown = one_line(text, limit=20)
    assert shown.isprintable()
    assert len(shown) <= 20
    assert shown == shown.strip()
    assert "  " not in shown


@pytest.mark.parametrize(
    "hostile",
    ["\x1b[31mred\x1b[0m", "two\nlines", "a\rb", "bell\x07", "\u202eright to left", "\u2028", "\x9b31m", "\ud800"],
)
def test_control_characters_of_the_service_never_reach_the_terminal(hostile: str) -> None:
    for answer in (bad(hostile), bad("x", message=hostile), bad("x", label=hostile), bad("x", code=hostile)):
        shown = str(_raised(answer))
        assert shown.isprintable()
        assert hostile not in shown


def test_a_long_text_of_the_service_is_cut() -> None:
    assert len(str(_raised(bad("x" * 100_000, message="y" * 100_000)))) < 1000
    assert one_line("x" * 10, limit=5) == "xxxx…"


def test_the_last_rule_fits_everything() -> None:
    last = RULES[-1]
    assert last.error is ApiError
    assert last.fits(299, "anything", "at all", "")


def test_good_and_bad_samples_of_these_tests_are_what_they_say() -> None:
    assert data_of(good({"a": 1})) == {"a": 1}
    assert type(_raised(NOT_FOUND)) is NotFound
    assert type(_raised(NO_AGENTS)) is NothingThere
