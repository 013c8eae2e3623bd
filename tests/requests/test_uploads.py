"""Every file that is no usable photograph: refused in words, wherever it is seen; nothing typed is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from oversight.requests import services
from recognition.models import Probe
from tests import world
from tests.recognition.probes.photographs import encoded, noise

pytestmark = pytest.mark.django_db

BOUNDARY = "the-boundary"
TYPE = f"multipart/form-data; boundary={BOUNDARY}"


@pytest.fixture
def request_(city):
    """A request of which all but the image is answered."""
    return services.start_request(requester=city.officer, answers=world.lawful_answers())


@pytest.fixture
def officer(client, city):
    """The officer's browser."""
    client.force_login(city.officer)
    return client


def upload(officer, request, data, name="till.png"):
    """Send a file and let the worker look at it; returns the page that the officer ends at."""
    address = reverse("requests:image", args=[request.key])
    file = SimpleUploadedFile(name, data, "image/png")
    answer = officer.post(address, {"version": request.draft.version, "image": file})
    if answer.status_code != 302:
        return answer
    request.draft.refresh_from_db()
    world.inspect(request.draft.answers["probe"])
    return officer.get(answer.url, follow=True)


def several(form):
    first, second = (Image.fromarray(noise(seed=seed)) for seed in (1, 2))
    return encoded(first, form, save_all=True, append_images=[second])


BAD = {
    "empty": (lambda: b"", "empty"),
    "text": (lambda: b"hello world " * 50, "not an image"),
    "markup": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script>", "SVG"),
    "another format": (lambda: encoded(noise(), "BMP"), "BMP"),
    "cut off": (lambda: world.photograph()[:9000], "was cut off"),
    "animated": (lambda: several("WEBP"), "pictures"),
    "tiny": (lambda: encoded(noise(20, 20)), "pixels"),
    "no face": (lambda: encoded(noise(400, 300)), "face"),
    "too many bytes": (lambda: b"\x89PNG" + bytes(21 * 1024 * 1024), "MB"),
}


def test_a_bad_file_is_refused_in_words_and_the_way_goes_on(officer, request_):
    for kind, (make, words) in BAD.items():
        page = upload(officer, request_, make())
        shown = page.content.decode()
        assert words in shown, kind
        assert page.context["found"] == request_, kind
        assert 'type="file"' in shown, f"{kind}: another file can be sent at once"
        request_.draft.refresh_from_db()
        assert request_.draft.answers["case_number"] == "26-0114"
    good = upload(officer, request_, world.photograph())
    assert "Whose face is to be searched?" in good.content.decode()


NAMES = [
    "../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "<script>alert(1)</script>.png",
    "till.png\x00.exe",
    "\u202egnp.exe",
    "x" * 200 + ".png",
    'a"b;c.png',
]


def test_a_file_may_be_called_anything_and_nothing_keeps_its_name(officer, request_):
    address = reverse("requests:image", args=[request_.key])
    for version, name in enumerate(NAMES):
        answer = officer.generic("POST", address, sent_as(name, version), content_type=TYPE)
        assert answer.status_code == 302, name
        page = officer.get(answer.url).content.decode()
        for part in ("passwd", "win.ini", "alert(1)", "gnp", "xxxx"):
            assert part not in page
    assert Probe.objects.count() == len(NAMES)
    assert not any("\x1b" in probe.claimed_type for probe in Probe.objects.all())


def sent_as(name, version):
    """The body of a form as a browser would not send it."""
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="version"\r\n\r\n{version}\r\n'
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="image"; filename="{name}"\r\n'
        "Content-Type: image/png\x1b[2J\r\n\r\n"
    )
    return head.encode() + world.photograph() + f"\r\n--{BOUNDARY}--\r\n".encode()
