"""The demonstration course: labelled, generated history. Never used in production."""
