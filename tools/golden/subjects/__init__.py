"""One module a golden file: `golden()` gives its content."""
