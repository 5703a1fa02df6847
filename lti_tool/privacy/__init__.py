"""The person's rights: withdraw, erase, receipt."""
