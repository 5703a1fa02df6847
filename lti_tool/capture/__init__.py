"""Snippets: intake, spool, measurement, discard."""
