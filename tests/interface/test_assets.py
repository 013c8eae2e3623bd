import hashlib
import io
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import FileSystemFinder
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.test import override_settings

from oversight.interface import assets
from oversight.interface.assets import AssetError, Package, install

CSS = b"""a{background:url(../img/a.svg)}b{src:url("../fonts/b.woff2#iefix")}
@supports (mask:url()){c{background:url(data:image/png;base64,xx)}}
/*# sourceMappingURL=small.css.map */"""
FILES = {
    "package/LICENSE.md": b"free",
    "package/dist/css/small.css": CSS,
    "package/dist/js/small.js": b"run();\n//# sourceMappingURL=small.js.map",
    "package/dist/img/a.svg": b"<svg/>",
    "package/dist/fonts/b.woff2": b"font",
    "package/dist/img/unused.png": b"never",
}


def tarball(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return held.getvalue()


class Registry:
    """Stands where npm stands; counts how often it was asked."""

    def __init__(self, files=FILES):
        self.content = tarball(files)
        self.asked = 0

    @property
    def package(self) -> Package:
        digest = hashlib.sha256(self.content).hexdigest()
        wanted = ("package/LICENSE.md", "package/dist/css/small.css", "package/dist/js/small.js")
        return Package("@sample/small", "1.0.0", digest, wanted)

    def __call__(self, package: Package, folder: Path) -> None:
        self.asked += 1
        (folder / package.tarball).write_bytes(self.content)


@pytest.fixture
def places(tmp_path):
    return tmp_path / "assets" / "small", tmp_path / "cache"


def laid_out(folder: Path) -> set[str]:
    return {str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file()}


def test_lays_out_what_is_wanted_and_what_the_css_refers_to(places):
    registry = Registry()
    assert install(*places, registry.package, registry)
    wanted = {"LICENSE.md", "css/small.css", "js/small.js", "img/a.svg", "fonts/b.woff2"}
    assert laid_out(places[0]) == wanted | {assets.RECEIPT}


def test_source_maps_that_are_not_there_are_not_mentioned(places):
    registry = Registry()
    install(*places, registry.package, registry)
    for name in ("css/small.css", "js/small.js"):
        assert b"sourceMappingURL" not in (places[0] / name).read_bytes()


def test_does_nothing_when_nothing_changed(places):
    registry = Registry()
    install(*places, registry.package, registry)
    before = (places[0] / "css/small.css").stat()
    assert not install(*places, registry.package, registry)
    assert (places[0] / "css/small.css").stat() == before
    assert registry.asked == 1


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"cut")])
def test_repairs_a_spoilt_tree_from_the_cache(places, spoil):
    registry = Registry()
    install(*places, registry.package, registry)
    spoil(places[0] / "img/a.svg")
    assert install(*places, registry.package, registry)
    assert (places[0] / "img/a.svg").read_bytes() == b"<svg/>"
    assert registry.asked == 1


def test_packs_again_when_the_cached_file_is_damaged(places):
    registry = Registry()
    install(*places, registry.package, registry)
    (places[1] / registry.package.tarball).write_bytes(b"damaged")
    (places[0] / assets.RECEIPT).unlink()
    assert install(*places, registry.package, registry)
    assert registry.asked == 2


def test_refuses_another_file_than_the_pinned_one_and_keeps_the_old_tree(places):
    registry = Registry()
    install(*places, registry.package, registry)
    before = laid_out(places[0])
    other = replace(registry.package, version="1.0.1", sha256="0" * 64)
    with pytest.raises(AssetError, match="not the file this release was built with"):
        install(*places, other, registry)
    assert laid_out(places[0]) == before
    assert list(places[0].parent.iterdir()) == [places[0]]


def test_refuses_a_package_that_lacks_a_file(places):
    registry = Registry({name: FILES[name] for name in FILES if not name.endswith("a.svg")})
    with pytest.raises(AssetError, match=r"holds no file package/dist/img/a\.svg"):
        install(*places, registry.package, registry)
    assert not places[0].exists()


def test_refuses_css_that_points_out_of_its_package(places):
    css = {"package/dist/css/small.css": b"a{background:url(../../../../etc/passwd)}"}
    registry = Registry(FILES | css | {"../etc/passwd": b"x"})
    with pytest.raises(AssetError, match="outside its own package"):
        install(*places, registry.package, registry)


def test_says_what_to_do_without_npm(places, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(AssetError, match="Install npm, or put the file uswds-uswds-") as told:
        install(*places)
    assert "cache" in str(told.value)


def test_a_failing_npm_is_reported_in_its_own_words(places, monkeypatch, tmp_path):
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho 'E404 no such package' >&2\nexit 1\n")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(AssetError, match="E404 no such package"):
        install(*places)


def test_the_command_ends_with_1_and_a_message(places, monkeypatch, capsys):
    monkeypatch.setenv("PATH", "")
    assert assets.main(["--to", str(places[0]), "--cache", str(places[1])]) == 1
    assert "npm was not found" in capsys.readouterr().err


def test_what_is_installed_survives_the_storage_used_in_service(tmp_path):
    """The css finds every file under its hashed name (a missing one is an error there)."""
    if not (assets.DEFAULT_DESTINATION / assets.RECEIPT).is_file():
        pytest.skip("the design system is not laid out here: run the set-up first")
    here = assets.DEFAULT_DESTINATION.parent
    with override_settings(STATICFILES_DIRS=[here], STATIC_ROOT=tmp_path):
        storage = ManifestStaticFilesStorage(location=tmp_path)
        found = FileSystemFinder().list([])
        paths = {}
        for name, source in found:
            if name.startswith("uswds/") and not name.endswith(assets.RECEIPT):
                (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
                with source.open(name) as file:
                    (tmp_path / name).write_bytes(file.read())
                paths[name] = (storage, name)
        results = list(storage.post_process(paths))
    assert len(paths) == 55
    assert not [error for *_rest, error in results if isinstance(error, Exception)]
