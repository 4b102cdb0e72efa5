"""The eval gate: what must hold before production, what was measured, and the verdict."""
