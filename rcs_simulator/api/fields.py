"""The agent's fields as the vendor's pages give them: order, types, lists, limits, and what an update may change.

The page "Update an Agent" splits the fields into restricted and editable ones; its copy has lost most names in that
table, so the split below follows the order of its descriptions and examples.
"""

from __future__ import annotations

CREATE_ORDER = (
    "agent_type",
    "display_name",
    "logo_url",
    "hero_url",
    "default_locale",
    "agent_test_url",
    "end_point_config",
    "primary_interaction_type",
    "service_code",
    "description",
    "phones",
    "emails",
    "privacy",
    "terms_conditions",
    "color",
    "billing_category",
    "agent_use_case",
    "hosting_region",
    "status",
    "languages",
    "rcs_provider_id",
    "website",
    "brand_details",
)
"""Keys of a create's answer, in the order of the sample of "Create an Agent"."""

READ_ORDER = (
    "id",
    "agent_type",
    "logo_url",
    "hero_url",
    "agent_number",
    "provider_agent_id",
    "service_code",
    "description",
    "phones",
    "emails",
    "privacy",
    "terms_conditions",
    "color",
    "billing_category",
    "agent_use_case",
    "hosting_region",
    "status",
    "rcs_provider_id",
    "integration_status",
    "website",
    "brand_details",
    "display_name",
)
"""Keys of a read's answer, in the order of the sample of "Get Agent by Agent Number"."""

UPDATE_ORDER = (
    "id",
    "agent_type",
    "logo_url",
    "hero_url",
    "default_locale",
    "agent_test_url",
    "end_point_config",
    "primary_interaction_type",
    "agent_number",
    "provider_agent_id",
    "service_code",
    "description",
    "phones",
    "emails",
    "privacy",
    "terms_conditions",
    "color",
    "billing_category",
    "agent_use_case",
    "hosting_region",
    "status",
    "rcs_provider_id",
    "integration_status",
    "integration_name",
    "website",
    "brand_details",
    "display_name",
)
"""Keys of an update's answer, in the order of the sample of "Update an Agent"."""

VERIFICATION = ("verification_name", "verification_state", "integration_name")
"""Keys that an update requires (the last is optional) and no read shows."""

CREATE_REQUIRED = (
    "agent_type",
    "display_name",
    "logo_url",
    "hero_url",
    "service_code",
    "description",
    "privacy",
    "terms_conditions",
    "color",
    "billing_category",
    "agent_use_case",
    "hosting_region",
    "rcs_provider_id",
    "website",
    "brand_details",
)

UPDATE_REQUIRED = (
    "id",
    "agent_number",
    "provider_agent_id",
    "status",
    "integration_status",
    "hosting_region",
    "brand_details",
    "agent_type",
    "display_name",
    "logo_url",
    "hero_url",
    "service_code",
    "description",
    "privacy",
    "terms_conditions",
    "billing_category",
    "agent_use_case",
    "rcs_provider_id",
    "website",
)

CREATE_NESTED_REQUIRED = {
    "phones": ("label_text", "is_toll_free", "country_code", "number"),
    "emails": ("label_text", "is_primary", "email"),
    "privacy": ("website",),
    "terms_conditions": ("website", "label_text"),
    "website": ("label_text", "website"),
    "brand_details": ("brand_no",),
}

UPDATE_NESTED_REQUIRED = {
    "phones": ("is_toll_free", "number", "label_text"),
    "emails": ("is_primary", "email", "label_text"),
    "privacy": ("website", "label_text"),
    "terms_conditions": ("website", "label_text"),
    "website": ("website", "label_text"),
    "brand_details": ("brand_no",),
}

MAY_BE_EMPTY = frozenset({"country_code", "website", "provider_agent_id"})
"""Required names whose empty value is accepted: the samples show `""` and `[]`."""

RESTRICTED = (
    "id",
    "agent_number",
    "provider_agent_id",
    "status",
    "integration_status",
    "integration_name",
    "verification_name",
    "verification_state",
    "hosting_region",
    "brand_details",
    "rcs_provider_id",
)
"""What an update must carry unchanged; rcs_provider_id by the failure sample, against the table."""

EDITABLE = (
    "agent_type",
    "display_name",
    "logo_url",
    "hero_url",
    "service_code",
    "description",
    "phones",
    "emails",
    "privacy",
    "terms_conditions",
    "color",
    "billing_category",
    "agent_use_case",
    "website",
    "default_locale",
    "agent_test_url",
    "end_point_config",
    "primary_interaction_type",
)

OMITTABLE = {"default_locale": "en", "agent_test_url": "", "end_point_config": "", "primary_interaction_type": ""}
"""Optional fields and the value that each has when it is not given."""

FROZEN_WHEN_VERIFIED = ("hero_url", "logo_url", "display_name")

IMAGES = ("logo_url", "hero_url")
LISTS = ("phones", "emails", "website")
LIST_LIMIT = 3
DESCRIPTION_LIMIT = 100
BRAND_NAME_LIMIT = 50
LABEL_LIMIT = 25

BILLING = ("CONVERSATIONAL", "NON-CONVERSATIONAL", "SINGLE_MESSAGE", "BASIC_MESSAGE", "NON_CONVERSATIONAL")
USE_CASES = ("TRANSACTIONAL", "PROMOTIONAL", "OTP", "MULTI_USE", "AGENT_USE_CASE_UNSPECIFIED")
REGIONS = ("NORTH_AMERICA", "EUROPE", "ASIA_PACIFIC", "HOSTING_REGION_UNSPECIFIED")
STATUSES = (
    "ACTIVE",
    "PENDING",
    "INACTIVE",
    "DELETED",
    "CREATED",
    "INITIATED",
    "ACCEPTED",
    "REGISTRATION_IN_PROGRESS",
    "REGISTRATION_COMPLETED",
    "DRAFT",
    "PENDING_APPROVAL",
    "REJECTED",
)

CHOICES = {
    "agent_type": ("1", "2"),
    "billing_category": BILLING,
    "agent_use_case": USE_CASES,
    "hosting_region": REGIONS,
    "status": STATUSES,
}
"""Lists of allowed values, in the order in which the pages print them."""

TEXT, ARRAY, OBJECT, BOOLEAN, TEXT_OR_NUMBER, ANYTHING = "string", "array", "object", "bool", "string/number", "any"

TYPES = {
    **dict.fromkeys(CREATE_ORDER, TEXT),
    **dict.fromkeys(("id", "provider_agent_id", *VERIFICATION), TEXT),
    **dict.fromkeys(("phoneno", "agent_no"), TEXT),
    **dict.fromkeys(("phones", "emails", "website", "languages"), ARRAY),
    **dict.fromkeys(("privacy", "terms_conditions", "brand_details"), OBJECT),
    **dict.fromkeys(("rcs_provider_id", "agent_number"), TEXT_OR_NUMBER),
    "integration_status": ANYTHING,
}

NESTED_TYPES = {
    "label_text": TEXT,
    "website": TEXT,
    "country_code": TEXT,
    "number": TEXT,
    "email": TEXT,
    "is_toll_free": BOOLEAN,
    "is_primary": BOOLEAN,
    "brand_no": TEXT,
    "provider_brand_no": TEXT,
    "brand_name": TEXT,
}
