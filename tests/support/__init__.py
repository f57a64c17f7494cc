"""What the tests stand on: a private PostgreSQL, a real server."""
