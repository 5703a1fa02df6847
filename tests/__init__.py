"""Everything that holds Attune to its word. `tests.platform` also serves the demonstration."""
