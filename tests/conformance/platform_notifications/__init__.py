"""Platform Notification Service 1.0."""
