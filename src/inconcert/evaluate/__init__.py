"""Is what Inconcert says true: calibration on crowds without an operation, power against operations with known truth.

`python -m inconcert.evaluate docs` measures both and writes `docs/calibration.md` and `docs/power.md`.
"""
