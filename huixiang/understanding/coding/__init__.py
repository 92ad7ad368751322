"""From a text to its codings."""
