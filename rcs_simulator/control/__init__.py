"""Control: what a test does to a running simulator and asks of it, over admin paths that the real API does not have."""
