"""The demonstration on one machine. Knows the processes, and nothing of the rooms inside the tool."""
