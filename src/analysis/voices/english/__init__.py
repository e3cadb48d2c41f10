"""What a second language would replace: words, names, sentences, clauses, people."""
