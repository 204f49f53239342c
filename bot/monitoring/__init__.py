"""What an operator sees of a running bot: metrics, signs of life, and counts of each day."""
