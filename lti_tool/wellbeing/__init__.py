"""The calm corner. Works with sensing off."""
