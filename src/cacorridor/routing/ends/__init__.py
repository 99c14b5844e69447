"""Where a journey begins and ends, and what pins the way between."""
