"""What a launch costs one web process, in CPU time. docs/PERFORMANCE.md has the figures."""
