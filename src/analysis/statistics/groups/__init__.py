"""Two groups or many: tests, intervals of differences, families of tests."""
