"""State: what one pod remembers between two calls, and how it is kept. Knows nothing of the API."""
