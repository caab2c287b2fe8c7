"""People, companies and bodies, what ties them together, and how sure each tie is."""
