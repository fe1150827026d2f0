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
