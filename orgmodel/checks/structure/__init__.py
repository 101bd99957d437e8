"""Rules of the pack `structure` that graph patterns express badly."""
