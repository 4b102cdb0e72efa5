"""The weekly digest: facts, text, draft, and what leaders ask and are asked."""
