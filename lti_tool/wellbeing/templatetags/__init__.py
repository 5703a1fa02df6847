"""What the calm corner's templates load."""
