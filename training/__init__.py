"""Makes the language model that `ingest` ships; nothing at run time imports it."""
