"""The views of the API, by what they tell of."""
