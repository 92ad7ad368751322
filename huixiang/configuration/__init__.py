"""The edge where rules files enter: YAML in, checked facts out."""
