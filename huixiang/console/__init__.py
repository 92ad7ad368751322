"""The web application: for now, the door that other systems call."""
