"""The trained artefact and what it is made of."""
