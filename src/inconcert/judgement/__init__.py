"""What people decided: from the statements of the ledger to what stands now. Pure functions; nothing here reads or writes a file."""
