"""Who did what to which file, when and for which purpose: an append-only hash chain."""
