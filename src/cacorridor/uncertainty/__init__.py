"""How sure: draws of hours, simulations, sensitivity, and which of several contenders wins."""
