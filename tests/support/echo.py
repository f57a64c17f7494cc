"""A small WSGI application behind the real server, which says what reached it: `tests.support.echo:application`."""

from config.buffering import BufferedApplication

SECONDS = 2.0  # for a body of up to a megabyte


def echo(environ, start_response):
    """Say the method, the path, how long the body is, and what the request says of its way."""
    body = environ["wsgi.input"].read()
    said = [environ["REQUEST_METHOD"], environ["PATH_INFO"], str(len(body)), environ.get("HTTP_X_FORWARDED_FOR", "-")]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [" ".join(said).encode()]


application = BufferedApplication(echo, threads=1, seconds_a_megabyte=SECONDS)
