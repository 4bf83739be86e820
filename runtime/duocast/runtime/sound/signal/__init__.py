"""The building stones of synthesis: spectra, ringing modes, rings of samples, reverberation."""
