"""What people do in a workshop: one module of verbs per noun; one call is one transaction."""
