"""How long sealing, opening and reading take, and how it grows. Tests nothing; `make bench-vault` prints it."""
