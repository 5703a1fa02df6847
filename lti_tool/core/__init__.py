"""What every room may use: settings readers, the clock, the error tree. No models."""
