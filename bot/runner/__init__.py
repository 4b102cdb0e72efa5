"""`assay run`: the program beside a training, which tells Assay of it and ends it when told."""
