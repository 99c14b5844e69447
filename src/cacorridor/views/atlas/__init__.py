"""The explorer that searches: one page that carries the network and answers any question of it."""
