"""Files that people bring, sealed: what came in is kept for evidence, what is shown is drawn anew from it.

No byte of a file from outside ever reaches a browser: a process of its own, with limits, turns each page into a picture and
each text into characters. What was hidden in the file (place, device, author, scripts, a second file at its end) stays behind.
"""
