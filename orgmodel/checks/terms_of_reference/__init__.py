"""Rules of the pack `terms-of-reference` that graph patterns express badly."""
