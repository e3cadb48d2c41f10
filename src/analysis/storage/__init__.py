"""Files whole or not at all, hashes, guarded CSV, Parquet rows, where a project lies."""
