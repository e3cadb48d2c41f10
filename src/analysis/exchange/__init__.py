"""Work that goes to other programs and comes back: DNA, REFI-QDA, and spans as CSV or JSON."""
