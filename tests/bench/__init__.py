"""Measures, not tests: `make bench` says what each page costs."""
