"""The shape of input; plain forms without save()."""
