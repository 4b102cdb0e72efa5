"""Writers: who phrases the digest. Without a key, nobody but the templates."""


class PlainWriter:
    """The writer that ships: it has nothing to add, so every template stands as it is."""

    def write(self, prompt: str) -> str:
        """Raise: there is no model to ask."""
        raise LookupError(f"no language model is configured ({len(prompt)} characters not sent)")
