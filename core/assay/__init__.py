"""What people write to Assay in their own words, read as one of the things it can do."""
