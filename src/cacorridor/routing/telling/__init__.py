"""What a route tells other programs: its ground, its conditions, its pictures."""
