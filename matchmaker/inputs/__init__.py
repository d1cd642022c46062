"""What people may hand in: one model a form, the same for pages and for the API."""
