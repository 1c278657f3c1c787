"""The fixtures of the fast tests."""

from fast import agent, bench, clock, no_ambient_settings, no_client_left_over

__all__ = ["agent", "bench", "clock", "no_ambient_settings", "no_client_left_over"]
