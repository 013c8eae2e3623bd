"""The second factor of an account: what an authenticator shares with us, sealed where it is kept."""

from base64 import urlsafe_b64encode
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from qrcode import QRCode


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Seals secrets under a key of the web's own, and names the user, not an address."""

    def get_totp_issuer(self) -> str:
        """Return what an authenticator shows above the code."""
        return "Oversight"

    def get_totp_label(self, user: Any) -> str:
        """Return what an authenticator shows beside the code."""
        return str(user.get_username())

    def build_totp_svg(self, url: str) -> SafeString:
        """Return the picture of the secret, to stand in a page as it is."""
        code = QRCode()
        code.add_data(url)
        modules = code.get_matrix()
        dark = [
            f"M{x} {y}h1v1h-1z"
            for y, row in enumerate(modules)
            for x, black in enumerate(row)
            if black
        ]
        drawing = '<svg viewBox="0 0 {0} {0}" width="220" height="220"><path d="{1}"/></svg>'
        return format_html(drawing, len(modules), "".join(dark))

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is stored."""
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret that ``encrypt`` sealed.

        Raises:
            cryptography.fernet.InvalidToken: sealed under another key; the second factor must be
                set up again.
        """
        return _seal().decrypt(encrypted_text.encode()).decode()


def _seal() -> Fernet:
    derived = HKDF(SHA256(), 32, salt=None, info=b"oversight.people.second_factor")
    return Fernet(urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))
