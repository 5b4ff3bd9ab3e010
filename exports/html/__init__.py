"""The graph as one interactive page that needs no network."""
