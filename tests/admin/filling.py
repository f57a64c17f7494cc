"""Fill the forms of the administration the way a browser sends them: everything that stands in them, and what is typed."""


def filled(browser, path, **typed):
    """Return what is sent when only `typed` is changed in the form at `path`; None empties a field."""
    form = browser.get(path).context["adminform"].form
    values = {name: form[name].value() for name in form.fields} | typed
    return {
        name: "on" if value is True else value
        for name, value in values.items()
        if value is not None and value is not False
    }


def save(browser, path, **typed):
    """Open the form at `path`, change what `typed` says, and press Save."""
    return browser.post(path, filled(browser, path, **typed))


def errors_of(page):
    """Return what the form of `page` says is wrong, field by field."""
    return {name: list(sentences) for name, sentences in page.context["adminform"].form.errors.items()}


def said(page):
    """Return the messages of a page."""
    return [str(message) for message in page.context["messages"]]
