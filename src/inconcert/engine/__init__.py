"""Run SQL: DuckDB in this process, or Spark."""
