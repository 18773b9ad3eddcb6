"""Pure views: a domain value in, a `Screen` out."""
