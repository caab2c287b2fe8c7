"""The workbench in the browser: pages over the verbs, on this machine only."""
