"""What we promise of the secret vote, tried out on scratch installations of our own on this machine."""
