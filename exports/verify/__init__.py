"""Re-checks a graph against the very texts that it cites: what is not borne out is told, with the place."""
