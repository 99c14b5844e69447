"""What a step costs: hours, dollars and grams, the figures that they rest on, and the range of a sum."""
