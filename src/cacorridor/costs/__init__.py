"""What a step costs: hours, and the range of a sum of them."""
