"""The domain: what dust is, when to tell, how to convert it once and to know what became of it."""
