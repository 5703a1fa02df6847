"""The capture room with real services: web server, worker, Redis, database, a real face."""
