"""LTI Core 1.3 and the security framework under it."""
