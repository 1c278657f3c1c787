"""Faults: what makes a call fail or take its time, by a script of faults that each happen once."""
