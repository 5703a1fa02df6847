"""Clients of the services that a platform offers to tools. Know no database."""
