"""Folders of data; the only code below is ``data.demo``, the demonstration company."""
