"""How dates are written in Spanish."""
