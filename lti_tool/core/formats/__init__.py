"""How dates are written in each language: Django's names for formats, our choice of them."""
