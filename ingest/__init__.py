"""What tools push: a file becomes a canonical document or is refused in a sentence."""
