"""Completion scripts for bash, zsh and fish, made from the parsers of the commands."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence

SHELLS = ("bash", "zsh", "fish")
_FOLDERS = ("PATH", "DIR")
_FILES = ("FILE", "F")


def script(shell: str, parsers: Mapping[str, argparse.ArgumentParser], ids: Sequence[str]) -> str:
    """The script for that shell. `parsers` holds the one without a command under the empty name."""
    match shell:
        case "bash":
            return _bash(parsers, ids)
        case "zsh":
            return _zsh(parsers, ids)
        case "fish":
            return _fish(parsers, ids)
    raise ValueError(f"no completion for {shell}")


def _options(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in parser._actions if action.option_strings]


def _positionals(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in parser._actions if not action.option_strings]


def _long(action: argparse.Action) -> str:
    return action.option_strings[-1]


def _takes(action: argparse.Action, ids: Sequence[str]) -> tuple[str, Sequence[str]]:
    """What may stand there: ("words", them), ("folders", ()), ("files", ()), ("any", ()) or ("nothing", ())."""
    if action.nargs == 0:
        return "nothing", ()
    if action.choices is not None:
        return "words", [str(choice) for choice in action.choices]
    match action.metavar:
        case "ID":
            return "words", ids
        case name if name in _FOLDERS:
            return "folders", ()
        case name if name in _FILES:
            return "files", ()
    return "any", ()


def _summary(parser: argparse.ArgumentParser) -> str:
    return (parser.description or "").partition("\n")[0].rstrip(".")


def _commands(parsers: Mapping[str, argparse.ArgumentParser]) -> dict[str, argparse.ArgumentParser]:
    return {name: parser for name, parser in parsers.items() if name}


# ---- bash ----------------------------------------------------------------------------------------------------------


def _bash(parsers: Mapping[str, argparse.ArgumentParser], ids: Sequence[str]) -> str:
    def reply(kind: str, words: Iterable[str]) -> str:
        match kind:
            case "words":
                return f"COMPREPLY=($(compgen -W '{' '.join(words)}' -- \"$current\"))"
            case "folders":
                return 'compopt -o filenames; COMPREPLY=($(compgen -d -- "$current"))'
            case "files":
                return 'compopt -o filenames; COMPREPLY=($(compgen -f -- "$current"))'
        return "COMPREPLY=()"

    values: list[str] = []
    words: list[str] = []
    places: list[str] = []
    for name, parser in parsers.items():
        for action in _options(parser):
            kind, given = _takes(action, ids)
            if kind != "nothing":
                values.append(f"    '{name} {_long(action)}') {reply(kind, given)}; return ;;")
        words.append(f"    '{name}') options='{' '.join(_long(action) for action in _options(parser))}' ;;")
        if name and (first := next(iter(_positionals(parser)), None)):
            places.append(f"    '{name}') {reply(*_takes(first, ids))} ;;")
    names = " ".join(_commands(parsers))
    return "\n".join(
        [
            "# To install: mlcoach completion bash > ~/.local/share/bash-completion/completions/mlcoach",
            "_mlcoach() {",
            "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command='' options=''",
            f"  local commands=' {names} '",
            '  [[ $COMP_CWORD -gt 1 && $commands == *" ${COMP_WORDS[1]} "* ]] && command=${COMP_WORDS[1]}',
            '  case "$command $previous" in',
            *values,
            "  esac",
            '  case "$command" in',
            *words,
            "  esac",
            "  if [[ $current == -* ]]; then",
            '    COMPREPLY=($(compgen -W "$options" -- "$current"))',
            "    return",
            "  fi",
            '  case "$command" in',
            *places,
            "    *)",
            "      compopt -o filenames",
            '      COMPREPLY=($(compgen -d -- "$current"))',
            '      [[ $COMP_CWORD -eq 1 ]] && COMPREPLY+=($(compgen -W "$commands" -- "$current")) ;;',
            "  esac",
            "}",
            "complete -F _mlcoach mlcoach",
            "",
        ]
    )


# ---- zsh -----------------------------------------------------------------------------------------------------------


def _zsh(parsers: Mapping[str, argparse.ArgumentParser], ids: Sequence[str]) -> str:
    def quoted(text: str) -> str:
        for character in "\\[]:":
            text = text.replace(character, "\\" + character)
        return text.replace("'", "'\\''")

    def value(action: argparse.Action) -> str:
        kind, words = _takes(action, ids)
        match kind:
            case "nothing":
                return ""
            case "words":
                listed = "$ids" if words is ids else " ".join(words)
                return f":{action.metavar or action.dest}:({listed})"
            case "folders":
                return f":{action.metavar}:_files -/"
            case "files":
                return f":{action.metavar}:_files"
        return f":{quoted(str(action.metavar or action.dest))}: "

    def arguments(parser: argparse.ArgumentParser, indent: str) -> str:
        specs: list[str] = []
        for action in _options(parser):
            many = "*" if isinstance(action, argparse._AppendAction) else ""
            end = value(action).replace("$ids", "'$ids'")
            specs.append(f"'{many}{_long(action)}[{quoted(action.help or '')}]{end}'")
        for number, action in enumerate(_positionals(parser), 1):
            place = "*" if action.nargs in ("+", "*") else f"{number}:" if action.nargs == "?" else str(number)
            end = value(action).replace("$ids", "'$ids'")
            specs.append(f"'{place}{end}'")
        return f" \\\n{indent}  ".join(["_arguments", *specs])

    cases = [f"    {name})\n      {arguments(parser, '      ')} ;;" for name, parser in _commands(parsers).items()]
    described = [f"    '{name}:{quoted(_summary(parser))}'" for name, parser in _commands(parsers).items()]
    return "\n".join(
        [
            "#compdef mlcoach",
            "# To install: mlcoach completion zsh > ~/.zfunc/_mlcoach, or another folder of $fpath",
            "_mlcoach() {",
            f"  local ids='{' '.join(ids)}'",
            "  local -a commands=(",
            *described,
            "  )",
            "  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then",
            "    _describe command commands",
            "    _files -/",
            "    return",
            "  fi",
            "  local command=$words[2]",
            "  if [[ -n ${commands[(r)$command:*]} ]]; then",
            "    shift words",
            "    (( CURRENT-- ))",
            "  else",
            "    command=''",
            "  fi",
            "  case $command in",
            *cases,
            "    *)",
            f"      {arguments(parsers[''], '      ')} ;;",
            "  esac",
            "}",
            'if [[ $funcstack[1] == _mlcoach ]]; then _mlcoach "$@"; else compdef _mlcoach mlcoach; fi',
            "",
        ]
    )


# ---- fish ----------------------------------------------------------------------------------------------------------


def _fish(parsers: Mapping[str, argparse.ArgumentParser], ids: Sequence[str]) -> str:
    def quoted(text: str) -> str:
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"

    def value(action: argparse.Action) -> str:
        kind, words = _takes(action, ids)
        match kind:
            case "nothing":
                return ""
            case "words":
                return " -x -a " + ('"$__mlcoach_ids"' if words is ids else quoted(" ".join(words)))
            case "folders":
                return " -x -a '(__fish_complete_directories)'"
            case "files":
                return " -r -F"
        return " -x"

    rows = [
        "# To install: mlcoach completion fish > ~/.config/fish/completions/mlcoach.fish",
        f"set -g __mlcoach_ids {' '.join(ids)}",
        "complete -c mlcoach -f",
        "complete -c mlcoach -n __fish_use_subcommand -a '(__fish_complete_directories)'",
    ]
    for name, parser in parsers.items():
        when = quoted(f"__fish_seen_subcommand_from {name}") if name else "__fish_use_subcommand"
        if name:
            rows.append(f"complete -c mlcoach -n __fish_use_subcommand -a {name} -d {quoted(_summary(parser))}")
        for action in _options(parser):
            end = f" -d {quoted(action.help or '')}{value(action)}"
            rows.append(f"complete -c mlcoach -n {when} -l {_long(action).lstrip('-')}{end}")
        if name and (first := next(iter(_positionals(parser)), None)) and (end := value(first)) not in ("", " -x"):
            rows.append(f"complete -c mlcoach -n {when}{end.replace(' -x', ' -f').replace(' -r', '')}")
    return "\n".join([*rows, ""])
