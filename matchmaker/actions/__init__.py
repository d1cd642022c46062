"""Every change, a module per noun, verbs inside. Nothing else writes."""
