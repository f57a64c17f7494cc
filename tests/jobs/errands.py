"""Jobs for tests of the worker."""

import signal

from django_tasks import task

done = []


@task()
def note(word):
    """Remember that it was done."""
    done.append(word)
    return f"noted {word}"


@task()
def fail(sentence):
    """Fail."""
    raise ValueError(sentence)


@task()
def wait_for_ever():
    """Never end by itself."""
    signal.pause()


@task()
def return_what_no_database_keeps():
    """End well, with something that is not JSON."""
    return object()


@task(takes_context=True)
def say_which_try(context):
    """Say how often it was begun."""
    return context.attempt
