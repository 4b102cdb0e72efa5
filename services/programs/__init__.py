"""What programs read and tell over HTTP, in their own names."""
