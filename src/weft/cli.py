"""The `weft` command. A command's module is imported only when that command runs, so that help is instant."""

import argparse
import difflib
import importlib
import sys
from collections.abc import Sequence

from weft import __version__
from weft.commands import Failed

COMMANDS = {
    "serve": ("serve", "serve the site"),
    "migrate": ("migrate", "make or update the database"),
    "check": ("check", "say what is missing for production"),
    "createoperator": ("createoperator", "make an operator's account, by email address"),
    "opinion-map": ("opinion_map", "map the opinions in a Polis export"),
    "equal-shares": ("equal_shares", "share a budget equally among its voters, from a Pabulib file"),
    "agreement": ("agreement", "say how far coders agree"),
    "near-duplicates": ("near_duplicates", "find texts that say the same in almost the same words"),
    "themes": ("themes", "propose groups of texts that share words"),
    "hide-small": ("hide_small", "hide the small numbers of a table, and those that give them away"),
    "heard": ("heard", "compare who was heard with who lives there"),
    "inspect": ("inspect", "say what a file or folder is, what is in it, and what would be lost"),
    "convert": ("convert", "turn a file of one format into another, and say what was lost"),
    "bibliography": ("bibliography", "print the references of a file in a citation style"),
    "import polis": ("import_polis", "bring a Polis export into a team"),
    "export polis": ("export_polis", "write a conversation as a Polis export"),
    "load": ("load", "load a whole programme from one file"),
    "dump": ("dump", "write a whole programme into one file"),
    "demo": ("demo", "load the demonstration and say what to look at"),
    "replay-withdrawals": ("replay_withdrawals", "take back again what a restored backup brought back"),
    "trace": ("trace", "print where an item comes from and what came of it"),
    "manage": ("manage", "run one of Django's own commands"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; what it cannot do is one sentence and exit code 1."""
    words = list(sys.argv[1:] if argv is None else argv)
    name = command_named(words)
    if name is None:
        return overview(words)
    module = importlib.import_module(f"weft.commands.{COMMANDS[name][0]}")
    parser = argparse.ArgumentParser(prog=f"weft {name}", description=module.__doc__)
    module.add_arguments(parser)
    try:
        code: int = module.run(parser.parse_args(words[len(name.split()) :]))
        return code
    except Failed as failure:
        print(f"weft {name}: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 141


def command_named(words: Sequence[str]) -> str | None:
    """The command that the first words name; some have two words, as in `import polis`."""
    for count in (2, 1):
        name = " ".join(words[:count])
        if name in COMMANDS:
            return name
    return None


def overview(words: Sequence[str]) -> int:
    """Answer `--help`, `--version` and everything that names no command."""
    wide = max(map(len, COMMANDS)) + 2
    listing = "\n".join(f"  {name:{wide}}{purpose}" for name, (_, purpose) in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="weft",
        usage="weft COMMAND [options]",
        description="Place-based co-production, with the voices behind every published sentence.",
        epilog=f"commands:\n{listing}\n\n`weft COMMAND --help` says more about one of them.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"weft {__version__}")
    parser.add_argument("command", nargs="*", help=argparse.SUPPRESS)
    given, unknown = parser.parse_known_args(words)
    asked = given.command
    if unknown and not asked:
        parser.error(f"there is no option {unknown[0]}")
    if asked:
        near = difflib.get_close_matches(" ".join(asked[:2]), COMMANDS, 1) or difflib.get_close_matches(
            asked[0], COMMANDS, 1
        )
        parser.error(f"there is no command {asked[0]!r}{f'; did you mean {near[0]!r}?' if near else ''}")
    parser.print_help()
    return 0
