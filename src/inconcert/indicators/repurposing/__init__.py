"""Accounts that changed hands or purpose."""
