"""The moment tests take for now. A Wednesday in term."""

from datetime import UTC, datetime

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
