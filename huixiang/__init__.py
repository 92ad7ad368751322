"""Huixiang 回响: every voice gets an answer, and proof that things got better."""
