"""Tests in a browser, against a server that runs as it does for real."""
