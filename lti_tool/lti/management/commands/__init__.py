"""Commands of the lti room."""
