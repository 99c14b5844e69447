"""The network as arrays for the search in the page: by service level, month and scenario."""
