"""The facts of the loop: frozen, free of input and output."""
