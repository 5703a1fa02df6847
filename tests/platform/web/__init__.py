"""The platform over HTTP: endpoints for tools, pages for people."""
