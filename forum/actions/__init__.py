"""The one way in: every change of state, one function each."""
