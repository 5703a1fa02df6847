"""How long things take: `launch`, `audit_chain`, `courses` (sealing and reading). Tests nothing."""
