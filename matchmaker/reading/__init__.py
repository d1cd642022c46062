"""What pages and the API read alike: a few columns of many rows, one query a list."""
