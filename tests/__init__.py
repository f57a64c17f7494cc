"""The tests; a package, so that its support modules have names."""
