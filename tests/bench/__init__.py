"""How long sealing, opening and reading take, and how it grows: `make bench-vault`. Tests nothing."""
