"""What people write to Assay in their own words."""
