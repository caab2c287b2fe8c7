"""The version of this program, as it is written into ledgers, runs and reports."""

VERSION = "0.1.0"
