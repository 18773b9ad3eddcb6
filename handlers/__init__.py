"""The chat: routes, gate, typed buttons, thin handlers and pure views."""
