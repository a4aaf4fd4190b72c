"""The synthetic part of the bundled case: invented people, families, choices and departures, from a seed."""
