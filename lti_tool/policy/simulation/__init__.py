"""Invented students under the real rules: how the rules behave, not how people do."""
