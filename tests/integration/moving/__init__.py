"""Two installations with databases and keys of their own, and an archive that goes from one to the other."""
