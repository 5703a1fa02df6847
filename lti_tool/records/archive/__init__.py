"""Archives of files that leave the house: written, locked, opened, checked. Knows no database."""
