"""Words in three languages: phrases that a page can say in each, and the catalogue of them."""
