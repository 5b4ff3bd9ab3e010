"""Sources that hold sources: packed files and archives, read as streams, with nothing of them kept on disk.

The formats are parsed here and not by the standard library's modules, which keep half a kilobyte or more of each member
and read some lengths from the archive unchecked: a million members, or one hostile header, would take a gigabyte.
"""
