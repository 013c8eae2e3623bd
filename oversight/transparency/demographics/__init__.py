"""What can be said, and what cannot, of the race, sex and age of persons searched for."""
