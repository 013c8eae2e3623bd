"""Who is who: agencies, accounts, roles, training, sign-in, and who may see which page."""
