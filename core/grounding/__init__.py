"""Does a sentence say only what a fact sheet says? A verifier without a model."""
