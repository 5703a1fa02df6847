"""The alert policy, in the open: its rules in plain words, and what they do to simulated students."""
