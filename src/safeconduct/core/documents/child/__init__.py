"""The process that opens a file from outside. It writes no file, starts nothing, and ends when it needs too much."""
