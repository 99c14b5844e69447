"""One question: the supernetwork, the search, routes and what is said of them."""
