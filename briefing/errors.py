"""The exceptions that `briefing` raises on purpose, and the exit code of each.

    BriefingError                 anything below: the message says what to do next        exit 2
    ├── ConfigError               briefing.toml, the environment or an option is wrong    exit 2
    ├── InputError                the input cannot be read                                exit 2
    │   ├── EmptyInput            nothing but white space
    │   ├── BinaryInput           no text in any known encoding
    │   ├── UnknownFormat         no reader takes this kind of file
    │   └── MissingReader         the reader needs an extra or a program that is absent
    ├── ModelError                the translation model is missing, damaged or unusable   exit 2
    ├── DeliveryError             mail cannot be sent at all: host, certificate, login    exit 2
    ├── PrintError                no browser makes the PDF                                exit 2
    ├── PromptError               a prompt file is missing or lacks a variable            exit 2
    └── Withheld                  --strict found a number that could not be verified      exit 3

Exit codes of the command line: 0 fine, 1 findings (`briefing check`), 2 wrong use or unreadable
input, 3 withheld by --strict, 4 some issues of a batch failed, 70 an internal error.
"""

from __future__ import annotations

import errno


class BriefingError(Exception):
    """The base of all errors whose message is meant for the user."""

    exit_code = 2


class ConfigError(BriefingError):
    """A setting is unknown or has a wrong value."""


class InputError(BriefingError):
    """The input cannot be read."""


class EmptyInput(InputError):
    """The input holds nothing but white space."""


class BinaryInput(InputError):
    """The input is not text in any encoding that is known."""


class UnknownFormat(InputError):
    """No reader takes this kind of file."""


class MissingReader(InputError):
    """The reader for this kind of file needs an extra or a program that is not installed."""


class ModelError(BriefingError):
    """The translation model is missing, damaged or cannot be used here."""


class DeliveryError(BriefingError):
    """No mail can be sent: the server cannot be reached or trusted, or refuses the login or the sender."""


class PrintError(BriefingError):
    """The PDF cannot be made: no browser was found, or it failed."""


class PromptError(BriefingError):
    """A prompt file is missing, or lacks or misses a variable."""


class Withheld(BriefingError):
    """A number could not be verified, and --strict was given: no brief is written."""

    exit_code = 3


def about(subject: object, error: Exception) -> str:
    """What `error` says of `subject`, which is named once.

    >>> about("a.txt", InputError("it is empty")), about("a.txt", InputError("a.txt is empty"))
    ('a.txt: it is empty', 'a.txt is empty')
    """
    return str(error) if str(error).startswith(str(subject)) else f"{subject}: {error}"


_ADVICE = {
    errno.EACCES: "give another path, or yourself the right to it",
    errno.EPERM: "give another path, or yourself the right to it",
    errno.EROFS: "give a path on a disk that can be written",
    errno.ENOSPC: "make room and run the same command again",
    errno.EDQUOT: "make room and run the same command again",
    errno.ENOENT: "check the path",
    errno.EISDIR: "it is a folder: give the path of a file",
    errno.ENOTDIR: "a file stands where a folder is needed: give another path",
    errno.EEXIST: "a file stands where a folder is needed: give another path",
}


def spoken(error: OSError) -> str:
    """What an error of the operating system means to the user, and what to do.

    >>> spoken(NotADirectoryError(errno.ENOTDIR, "Not a directory", "a.txt/b"))
    'a.txt/b cannot be used (not a directory): a file stands where a folder is needed: give another path'
    """
    if error.errno is None:
        return str(error)
    what = f"{error.filename} cannot be used" if error.filename is not None else "the operating system refuses"
    advice = _ADVICE.get(error.errno, "")
    return f"{what} ({(error.strerror or 'no reason given').lower()})" + (f": {advice}" if advice else "")
