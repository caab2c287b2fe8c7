"""Who is behind it, measured on whole investigations of generated worlds: which groups reach L3, and what is then said of them.

`python -m inconcert.evaluate.attribution FOLDER` measures it and writes its page.
"""
