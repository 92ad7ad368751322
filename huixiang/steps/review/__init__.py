"""What people say of codings."""
