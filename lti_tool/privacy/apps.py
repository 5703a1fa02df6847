"""Keeps what is sealed out of the database's own statistics, from the first migration on."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PrivacyConfig(AppConfig):
    """The privacy room."""

    name = "lti_tool.privacy"

    def ready(self) -> None:
        """Look at the columns after each migration: one may have come."""
        post_migrate.connect(_keep_out_of_statistics, sender=self)


def _keep_out_of_statistics(*, using: str, **_rest: Any) -> None:  # noqa: ANN401 - Django's own
    from django.db import connections

    from lti_tool.privacy.traces import keep_out_of_statistics

    keep_out_of_statistics(connections[using])
