"""What must be on record before a deployment may sense: drafted, signed off, superseded, revoked."""
