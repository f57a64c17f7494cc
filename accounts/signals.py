"""What happens to accounts and matters to others; the forum listens in `forum/apps.py`."""

from django.dispatch import Signal

# A member closed their account and can still change their mind. Arguments: member.
account_closed = Signal()

# Somebody is about to have an account; who listens may refuse by `ValidationError`. Arguments: request.
signing_up = Signal()

# Somebody gives an address to be theirs; who listens may refuse by `ValidationError`. Arguments: email.
address_given = Signal()

# A closed account was erased for good: name, address, password, picture. Arguments: member, and the addresses it had.
account_erased = Signal()

# A closed account is open again. Arguments: member.
account_reopened = Signal()

# A member is called otherwise from now on. Arguments: member.
member_renamed = Signal()
