"""What other programs make of a REFI-QDA project: `_refi_readers.py pyqdpx|qualitative_coding PATH`, run by the
Python of their own.
"""

import contextlib
import json
import os
import sys
import tempfile
from pathlib import Path


def pyqdpx(path: str) -> dict:
    """Its users, codes and coded passages. It marks the second half of wide characters, which is taken out here."""
    from pyqdpx import QDPX

    project = QDPX(path).get_project()
    sources = project.sources.values()
    return {
        "users": sorted(user.name for user in project.users.values()),
        "codes": sorted([code.name, code.parent.name if code.parent else ""] for code in project.codes.values()),
        "texts": sorted(plain(source.text_content) for source in sources),
        "passages": sorted(
            [one.user.name, one.code.name, plain(one.text)]
            for source in sources
            for one in source.coded_selections.values()
        ),
    }


def plain(text: str) -> str:
    return text.replace("\u200b", "").replace("\r\n", "\n")


def qualitative_coding(path: str) -> dict:
    """What its own `qc init --import` puts into its corpus, which knows lines but no passages."""
    from qualitative_coding.corpus import QCCorpus
    from qualitative_coding.refi_qda.reader import REFIQDAReader

    os.environ["PYTHONBREAKPOINT"] = "0"
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        REFIQDAReader(path).unpack_project(Path(folder))
        corpus = QCCorpus(Path(folder) / "settings.yaml")
        with corpus.session():
            return {
                "users": sorted(coder.name for coder in corpus.get_all_coders()),
                "codes": sorted(named(corpus.get_codebook())),
                "texts": sorted(
                    (corpus.corpus_dir / each.file_path).read_text("utf-8") for each in corpus.get_documents()
                ),
                "codings": sorted([coder, code] for code, coder, *_ in corpus.get_coded_lines()),
            }


def named(node, parent: str = ""):
    """Each code of a tree with the one above it."""
    for child in node.children:
        yield [child.name, parent]
        yield from named(child, child.name)


if __name__ == "__main__":
    with open(os.devnull, "w") as nothing, contextlib.redirect_stdout(nothing):
        found = globals()[sys.argv[1]](str(Path(sys.argv[2]).resolve()))
    print(json.dumps(found))
