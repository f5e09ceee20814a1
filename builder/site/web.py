"""Where a site is on the web: what must be absolute is made from `site.yaml: url`, and nothing else is absolute."""

import re
from urllib.parse import quote, urlsplit

from builder.site import urls

SAFE = "/%:@!$&'()*+,;=~-._"
"""What stays as it is in a path: the rest, spaces and other scripts' letters too, is written in its UTF-8 bytes."""


def base_of(url: str) -> str:
    """The address below which the site's files are: with a slash at its end; empty for a site without `url`.

    >>> base_of("HTTPS://Example.org//minerals")
    'https://example.org/minerals/'
    """
    if not url:
        return ""
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{host_of(parts.netloc)}{path_of(url)}"


def path_of(url: str) -> str:
    """The path of the site on its host, from slash to slash. Never two slashes at once: `//x/` names another host."""
    path = quote(urlsplit(url).path, safe=SAFE)
    return re.sub(r"/{2,}", "/", f"/{path}/")


def host_of(netloc: str) -> str:
    """A host as the network knows it: `bücher.example` is `xn--bcher-kva.example`."""
    user, at, host = netloc.rpartition("@")
    try:
        host = host.encode("idna").decode()
    except UnicodeError:
        host = quote(host, safe="[]:%.-_")
    return user + at + host.lower()


def absolute(base: str, path: str) -> str:
    """The address of a page or file of the site; the front page's is that of the site."""
    if path == urls.HOME:
        return base
    if path.startswith(f"{urls.HOME}#"):
        return base + path.removeprefix(urls.HOME)
    return base + path


def is_root_of_host(base: str) -> bool:
    """Whether the site is all of its host, and so may speak for it in a `robots.txt`."""
    return bool(base) and urlsplit(base).path == "/"
