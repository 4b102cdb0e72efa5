"""The words sent to a language model."""
