"""From a screenplay to a shot graph. Pure: files come in through a reader object."""

import duocast.language.lean  # noqa: F401 -- before the first `import msgspec`
