"""The protocol, pure: claims, roles, refusals and the strict verifier. Knows nothing of Django or of HTTP."""
