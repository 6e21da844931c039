"""What browsers may keep for ever is named for its content, down to the imports inside it."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

HASHED = r"\.[0-9a-f]{12}\."


@pytest.fixture
def collected(settings, tmp_path: Path) -> Path:
    """All static files, as in production."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "weft.core.static.HashedFiles"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def text_at(folder: Path, name: str) -> str:
    return (folder / staticfiles_storage.stored_name(name)).read_text("utf-8")


def test_names_hold_the_hash_and_copies_are_compressed(collected: Path) -> None:
    stored = staticfiles_storage.stored_name("weft/weft.css")
    assert re.fullmatch(rf"weft/weft{HASHED}css", stored)
    assert {path.suffix for path in (collected / "weft").glob(f"{Path(stored).name}*")} == {".css", ".gz", ".br"}


def test_fonts_are_found_under_their_hashed_names(collected: Path) -> None:
    fonts = re.findall(r"url\(['\"]?([^'\")]+woff2)", text_at(collected, "weft/weft.css"))
    assert fonts
    for font in fonts:
        assert re.search(HASHED, font)
        assert (collected / "weft" / font).resolve().exists()


def test_our_modules_import_each_other_by_hashed_names(collected: Path) -> None:
    imports = 0
    for module in collected.glob("weft/*.js"):
        if re.search(HASHED, module.name):
            for target in re.findall(r"""from\s*['"](\.[^'"]+)['"]""", module.read_text("utf-8")):
                imports += 1
                assert re.search(HASHED, target), f"{module.name} imports {target}"
                assert (module.parent / target).resolve().exists()
    assert imports > 0
