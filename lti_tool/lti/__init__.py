"""The protocol boundary: platforms, launches, people as platforms name them."""
