"""The parts a screen is made of: they draw state and post intents, they never write."""
