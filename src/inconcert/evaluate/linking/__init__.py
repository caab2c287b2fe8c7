"""Is what linking says true: halves of published sets recognised among ordinary accounts, and bits that mean what they say.

`python -m inconcert.evaluate.linking docs` measures both and writes `docs/linking-measured.md` and its picture.
"""
