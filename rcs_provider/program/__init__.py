"""What a user's program imports: resource classes, explicit providers, look-ups, stack data."""
