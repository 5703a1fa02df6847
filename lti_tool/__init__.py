"""Attune, the LTI tool. One folder is one room; the README has the map."""

from lti_tool.celery import app as celery_app

__all__ = ["celery_app"]
