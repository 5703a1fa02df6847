"""The door of the administration: a password, then a code. Knows accounts, no students."""
