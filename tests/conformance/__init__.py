"""One folder for each specification; a test names the clause it holds up."""
