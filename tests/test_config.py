"""Settings from file, environment and options, and the errors for wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.config import Config, load
from briefing.errors import ConfigError


def test_order_file_environment_options(tmp_path: Path) -> None:
    file = tmp_path / "briefing.toml"
    file.write_text('engine = "ct2:a"\nsummary_max = 5\n[accept]\n"N-HEDGE" = "agreed"\n', encoding="utf8")
    config = load(file, {"BRIEFING_ENGINE": "ct2:b", "BRIEFING_SUMMARY_MIN": "2"}, engine=None, threads=1)
    assert (config.engine, config.summary_max, config.summary_min, config.threads) == ("ct2:b", 5, 2, 1)
    assert config.accept == {"N-HEDGE": "agreed"}
    assert load(file, {}, engine="hf:c").engine == "hf:c"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("colour = 1", "unknown setting"),
        ("engine = 3", "must be a str"),
        ("summary_max = true", "must be a int"),
        ("summary_min = 9", "min <= max"),
        ('accept = "x"', "must be a dict"),
        ('[accept]\n"N-HEDGE" = ""', "reasons"),
        ("engine = ", "no valid TOML"),
    ],
)
def test_wrong_settings_are_named(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "briefing.toml"
    file.write_text(text, encoding="utf8")
    with pytest.raises(ConfigError, match=says):
        load(file, {})


def test_a_missing_file_that_was_asked_for_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="does not exist"):
        load(tmp_path / "none.toml", {})
    with pytest.raises(ConfigError, match="whole number"):
        load(None, {"BRIEFING_THREADS": "many"})


def test_signature_changes_with_what_changes_the_output() -> None:
    assert Config().signature() == Config(threads=7).signature()
    assert len({Config().signature(), Config(glossary="x").signature(), Config(accept={"N-HEDGE": "y"}).signature()}) == 3
