"""How dates are written in Simplified Chinese."""
