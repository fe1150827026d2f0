"""Settings: defaults, then briefing.toml, then BRIEFING_* of the environment, then the command line."""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from briefing.errors import ConfigError

SECTIONS = ("mail",)
"""Tables of briefing.toml that change no brief; whoever needs one reads it (`briefing.deliver.settings`)."""


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that changes what a brief says; `signature` goes into each brief."""

    engine: str = "embedded"
    """"embedded", "ct2:DIR" or "hf:DIR"."""
    threads: int = 0
    """Threads of the engine; 0 is one for each core. Not part of the signature."""
    glossary: str = ""
    """A TSV of terms (zh, en, kind, note) that win over the built-in ones."""
    summary_min: int = 3
    summary_max: int = 6
    llm_url: str = ""
    """Base URL of an OpenAI-compatible endpoint (http://localhost:8080/v1) for --summary llm."""
    llm_model: str = ""
    llm_timeout: int = 60
    """Seconds."""
    accept: Mapping[str, str] = field(default_factory=dict)
    """Findings that an editor accepts: code (or code and unit, as "N-HEDGE f3.value") to a reason."""

    def signature(self) -> str:
        """Twelve hexadecimal digits over all settings that change the output.

        >>> Config().signature() == Config(threads=2).signature() != Config(summary_max=5).signature()
        True
        """
        shown = asdict(self)
        del shown["threads"]
        shown["accept"] = sorted(self.accept.items())
        return hashlib.sha256(repr(sorted(shown.items())).encode()).hexdigest()[:12]


def load(path: Path | None = None, environ: Mapping[str, str] | None = None, **options: Any) -> Config:
    """The Config from `path` (or ./briefing.toml where it exists), `environ` and `options`.

    An option of None is one that was not given. ConfigError names the setting that is unknown or wrong.
    """
    config = Config()
    file = path if path is not None else Path("briefing.toml")
    if path is not None or file.is_file():
        try:
            found = tomllib.loads(file.read_text(encoding="utf8"))
        except FileNotFoundError as error:
            raise ConfigError(f"{file} does not exist: give --config the path of a briefing.toml") from error
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ConfigError(f"{file} is no valid TOML file: {error}") from error
        config = _update(config, {k: v for k, v in found.items() if k not in SECTIONS}, str(file))
    env = os.environ if environ is None else environ
    prefix = "BRIEFING_"
    found_env: dict[str, Any] = {}
    for spec in fields(Config):
        value = env.get(prefix + spec.name.upper())
        if value is not None and spec.name != "accept":
            found_env[spec.name] = _number(value, spec.name) if spec.type == "int" else value
    config = _update(config, found_env, "the environment")
    return _update(config, {k: v for k, v in options.items() if v is not None}, "the command line")


def _number(value: str, name: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise ConfigError(f"BRIEFING_{name.upper()} must be a whole number, not {value!r}") from None


def _update(config: Config, found: Mapping[str, Any], where: str) -> Config:
    kinds = {spec.name: spec.type for spec in fields(Config)}
    for name, value in found.items():
        if name not in kinds:
            raise ConfigError(f"{where}: unknown setting {name!r}; known are {', '.join(sorted(kinds))}")
        wanted: type = {"str": str, "int": int}.get(str(kinds[name]), dict)
        if not isinstance(value, wanted) or isinstance(value, bool):
            raise ConfigError(f"{where}: {name} must be a {wanted.__name__}, not {value!r}")
        if isinstance(value, dict) and not all(isinstance(v, str) and v.strip() for v in value.values()):
            raise ConfigError(f'{where}: {name} maps codes to reasons, as in "N-HEDGE" = "agreed with the desk"')
    config = replace(config, **dict(found))
    if not 1 <= config.summary_min <= config.summary_max <= 20:
        raise ConfigError(f"{where}: summary_min and summary_max must satisfy 1 <= min <= max <= 20")
    if config.threads < 0 or config.llm_timeout < 1:
        raise ConfigError(f"{where}: threads must not be negative and llm_timeout at least 1 second")
    return config
