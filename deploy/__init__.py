"""How Attune is run. Knows the processes and their environment, and imports nothing of the tool."""
