"""What has to hold before a release: `tools/release/check`."""
