"""Server: the HTTP server, its command line and its data folder."""
