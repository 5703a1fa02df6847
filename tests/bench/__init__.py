"""What a launch costs one web process, in CPU time. `make bench-launch`; docs/PERFORMANCE.md has the figures."""
