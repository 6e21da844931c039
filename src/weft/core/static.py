"""Static files under names that hold their content's hash, so that browsers may keep them for ever."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Django's own way with modules stumbles over comments in other people's; ours import each other by relative path.
OUR_IMPORTS = (
    r"""(?P<matched>import\s*(?P<what>[\w{}\s,*$]*?)\s*from\s*['"](?P<url>\.[^'"]+)['"])""",
    "import %(what)s from '%(url)s'",
)


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Also rewrites the imports between our own modules, and compresses everything once."""

    patterns = (*ManifestStaticFilesStorage.patterns, ("weft/*.js", (OUR_IMPORTS,)))
