"""Reads, one module a page, each a fixed number of SQL queries."""
