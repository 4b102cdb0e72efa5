"""Other servers that are called by us: what trackers tell, what tickets are told."""
