"""Rules that a team sets for its agents and testers, as a Pulumi policy pack: `rcs_policy.pack.serve()`.

The rules themselves, in `rcs_policy.rules`, are plain functions over plain data and know nothing of policy packs.
"""
