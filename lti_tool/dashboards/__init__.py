"""Read-only pages: mine, caseload, class."""
