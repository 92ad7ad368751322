"""From a panel of scores to a verdict."""
