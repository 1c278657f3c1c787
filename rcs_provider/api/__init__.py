"""Kaleyra's API over HTTP. It knows neither a URN nor an engine."""
