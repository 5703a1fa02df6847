"""Commands of the activation room."""
