"""What runs later or by the clock: plain functions that actions put into a queue, carried out beside requests."""
