"""What programs read over HTTP: one page, one shape, one description of it."""
