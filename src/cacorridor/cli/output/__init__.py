"""What leaves the command: the screen, files, and word that long work goes on."""
