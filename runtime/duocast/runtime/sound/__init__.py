"""Music, effects and the mix: everything in the film that is heard."""
