"""Learn from published journeys how far the hours of the tables are off."""
