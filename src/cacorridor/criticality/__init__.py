"""Who is needed: bypass, leverage, interdiction, break-even."""
