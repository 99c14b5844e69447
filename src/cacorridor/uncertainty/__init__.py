"""How sure: draws of hours, simulations, sensitivity, alternatives."""
