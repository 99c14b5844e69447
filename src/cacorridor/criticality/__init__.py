"""Who is needed: bypass, coalitions and leverage, interdiction, break-even, and all of it for one state."""
