"""Template tags of the lti room."""
