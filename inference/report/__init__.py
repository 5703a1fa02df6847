"""Write the figures of `docs/model` anew: `python -m inference report --data SHEET`. Prose stays as it is."""
