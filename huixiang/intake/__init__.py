"""From a raw record to a feedback: one standard, masked, judged by expectations."""
