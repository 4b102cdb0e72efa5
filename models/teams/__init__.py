"""The teams of a workspace: started, joined, listed, closed, merged."""
