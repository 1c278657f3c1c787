"""The core: plain data in, plain data out. It imports neither Pulumi nor an HTTP library."""
