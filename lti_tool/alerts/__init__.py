"""What persists, and the human work on it: cases, their notes, and who is told. Draws nothing."""
