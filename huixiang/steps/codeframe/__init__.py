"""The codeframe: its versions, its models, themes to come."""
