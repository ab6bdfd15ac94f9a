"""A person's own settings: `$XDG_CONFIG_HOME/mlcoach/config.toml`."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from mlcoach.tui.keys import Keymap, KeysError


class ConfigError(Exception):
    """A settings file that cannot be used. The text is one line that says what and where."""


class _File(msgspec.Struct, forbid_unknown_fields=True):
    theme: str | None = None
    mouse: bool = True
    keys: dict[str, str] = {}


class Config(msgspec.Struct, frozen=True):
    path: Path
    keymap: Keymap
    theme: str | None = None
    mouse: bool = True


def path() -> Path:
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "mlcoach" / "config.toml"


def load() -> Config:
    """The settings, or the defaults when there is no file. Raises ConfigError."""
    file = path()
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return Config(file, Keymap())
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}") from error
    import tomllib

    try:
        values = msgspec.convert(tomllib.loads(data.decode()), _File)
        return Config(file, Keymap(values.keys), values.theme, values.mouse)
    except (ValueError, msgspec.ValidationError, KeysError) as error:
        raise ConfigError(f"{file}: {error}") from error


def changed(config: Config, name: str, value: str | bool) -> Config:
    return msgspec.structs.replace(config, **{name: value})


def save(name: str, value: str | bool) -> None:
    """Set one top-level value and keep the rest of the file, comments too. Raises OSError."""
    import tomlkit

    from mlcoach.tui.store import write

    file = path()
    document = tomlkit.parse(file.read_text()) if file.exists() else tomlkit.document()
    document[name] = value
    write(file, tomlkit.dumps(document).encode())
