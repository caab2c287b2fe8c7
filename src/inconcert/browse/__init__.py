"""Read models for pages: what a case holds, prepared once for each of its states, and asked in milliseconds."""
