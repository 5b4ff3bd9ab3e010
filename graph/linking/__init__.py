"""The steps of linking: entities, events, claims, relations and storylines across articles."""
