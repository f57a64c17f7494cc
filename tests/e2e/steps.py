"""What visitors of the browser tests do on the way to a page."""

from tests.support.mails import code_of, newest_mail_to
from tests.support.scene import PASSWORD

SEND = """([path, fields, withToken]) => {
  const form = document.createElement("form");
  form.method = "post";
  form.action = path;
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const all = withToken ? { csrfmiddlewaretoken: token, ...fields } : fields;
  for (const [name, value] of Object.entries(all)) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}"""
PREVIEWS = """async (many) => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams({ csrfmiddlewaretoken: token, body: "x" });
  for (let sent = 0; sent < many; sent += 6)
    await Promise.all(Array.from({ length: 6 }, () => fetch("/preview/", { method: "POST", body })));
}"""


def go(page, path, **context):
    """Open an address."""
    return page.goto(path)


def send(**fields):
    """Send a form to the address, as a page of ours would."""

    def step(page, path, **context):
        page.goto("/help/points/")
        with page.expect_navigation() as navigation:
            page.evaluate(SEND, [path, fields, True])
        return navigation.value

    return step


def send_without_token(**fields):
    """Send a form that another site might have made."""

    def step(page, path, **context):
        page.goto("/help/points/")
        with page.expect_navigation() as navigation:
            page.evaluate(SEND, [path, fields, False])
        return navigation.value

    return step


def press(name):
    """Open the address and press the button of that name, which loads a page."""

    def step(page, path, **context):
        page.goto(path)
        with page.expect_navigation() as navigation:
            page.get_by_role("button", name=name, exact=True).first.click()
        return navigation.value

    return step


def unfold(selector):
    """Open the address and click what unfolds something."""

    def step(page, path, **context):
        answer = page.goto(path)
        page.locator(selector).first.click()
        return answer

    return step


def too_often(page, path, **context):
    """Use up the previews of a minute, then ask for one more."""
    page.goto("/help/points/")
    page.evaluate(PREVIEWS, 66)
    with page.expect_navigation() as navigation:
        page.evaluate(SEND, [path, {"body": "x"}, True])
    return navigation.value


def broken(page, path, *, scene, **context):
    """Open an address that fails: the page is the server's own, the failure is made here."""
    page.route(
        "**" + path, lambda route: route.fulfill(status=500, body=scene["server_error"], content_type="text/html")
    )
    return page.goto(path)


def sign_in(page, path, *, name, password=PASSWORD):
    """Sign in by the form at the address."""
    page.goto(path)
    page.get_by_label("Name or e-mail").or_(page.locator("[name=login]")).first.fill(name)
    page.locator("[name=password]").fill(password)
    with page.expect_navigation() as navigation:
        page.locator("main form button[type=submit], main form button:not([type])").first.click()
    return navigation.value


def second_step(page, path, *, scene, **context):
    """Sign in as somebody who uses a second step."""
    return sign_in(page, path, name=scene["names"]["two"])


def reset_code(page, path, *, server, **context):
    """Ask for a new password and type the code from the mail."""
    address = "empty.pockets@example.org"
    send(email=address)(page, path)
    with page.expect_navigation() as navigation:
        page.evaluate(
            SEND, ["/accounts/password/reset/confirm/", {"code": code_of(newest_mail_to(server, address))}, True]
        )
    return navigation.value
