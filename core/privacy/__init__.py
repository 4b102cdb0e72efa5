"""Personal data, secrets and hostile text: found, replaced, refused."""
