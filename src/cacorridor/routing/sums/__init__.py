"""What the steps of a route sum up to: its legs, its dollars and grams, and the figures behind them."""
