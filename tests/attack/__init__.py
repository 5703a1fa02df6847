"""Somebody who sees every picture of a class, all term, and asks of one person. Knows no database."""
