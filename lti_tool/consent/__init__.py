"""Ask, remember, require, withdraw. Knows nothing of records."""
