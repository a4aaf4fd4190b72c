"""The process that parses files from outside, alone, with limits on memory and time. No Django here."""
