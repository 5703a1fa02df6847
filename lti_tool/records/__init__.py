"""Mental-health files: append, read, trend. Every read leaves a trace."""
