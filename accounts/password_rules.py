"""What a password must be, said in our own words."""

from django.contrib.auth import password_validation as stock


class LongEnough(stock.MinimumLengthValidator):
    """Refuses a short one."""

    def get_error_message(self) -> str:
        """Say how long it has to be."""
        return f"Too short: use at least {self.min_length} characters."


class NotTheirs(stock.UserAttributeSimilarityValidator):
    """Refuses the member's own name or address."""

    def get_error_message(self) -> str:
        """Say what it is like, without naming a column."""
        return "Too similar to your name or email address."


class NotCommon(stock.CommonPasswordValidator):
    """Refuses those that are tried first."""

    def get_error_message(self) -> str:
        """Say why."""
        return "Too common, so it’s easy to guess."


class NotOnlyDigits(stock.NumericPasswordValidator):
    """Refuses digits alone."""

    def get_error_message(self) -> str:
        """Say what to add."""
        return "Numbers alone are easy to guess: add a few words."
