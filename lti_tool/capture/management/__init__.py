"""Commands of the capture room."""
