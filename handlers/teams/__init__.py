"""Which team is meant, who is what in it, and teams themselves: started, renamed, archived."""
