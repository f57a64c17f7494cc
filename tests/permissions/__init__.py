"""Who may do what: tables of people and posts."""
