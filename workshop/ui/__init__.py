"""What the pages are built from: gate, shared reads, components, cards, forms and pictures."""
