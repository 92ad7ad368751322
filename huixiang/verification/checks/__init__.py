"""What guards a verdict: placebo, guardrails, power, relapse, survey."""
