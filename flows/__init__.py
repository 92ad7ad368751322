"""What runs and in which order; one file for each deployment of prefect.yaml."""
