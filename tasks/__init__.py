"""One Prefect task for each step and batch: a decorator and one call."""
