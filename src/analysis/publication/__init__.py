"""What a paper prints: figures, tables, captions, gallery, methods, site."""
