"""The language model: what it may be sent, how it words a digest, and how that is checked."""
