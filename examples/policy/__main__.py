#!/usr/bin/env python3
"""A policy pack for `pulumi preview --policy-pack` and `pulumi up --policy-pack`: this file, or its folder."""

from rcs_policy import pack

pack.serve(
    config={
        # What this team decided. A file for `--policy-pack-config` wins over it, policy by policy.
        "rcs-agents-are-kept": {"deletable": ["trial-*"]},
        "rcs-names-match": {"serviceCode": "[A-Z][A-Z0-9_]*"},
    }
)
