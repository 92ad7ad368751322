"""Code feedback, route it, try rules on history."""
