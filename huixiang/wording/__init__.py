"""Every sentence people read, by subject, in both languages."""
