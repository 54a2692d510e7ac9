"""Letters of the demonstration as PDF, some signed with keys made for this one load and then forgotten."""

import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from catalog.upload import IncomingFile
from core import clock
from core.vietnamese import fold

ROOT = "CA gốc minh hoạ – không dùng cho văn bản thật"
SIGNER = "Con dấu minh hoạ"
LASTS = timedelta(days=3650)


@dataclass(frozen=True)
class _Pair:
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def loaded(self) -> asn1_x509.Certificate:
        der = self.certificate.public_bytes(serialization.Encoding.DER)
        return asn1_x509.Certificate.load(der)


class _SignsThen(signers.PdfSigner):
    """Signs at the moment it is told: a letter of last year was signed last year."""

    moment: datetime

    def init_signing_session(self, *args: Any, **how: Any) -> Any:
        session = super().init_signing_session(*args, **how)
        session.system_time = self.moment
        return session


class Seal:
    """A root and a signer below it; the keys live as long as this object and are written nowhere."""

    def __init__(self, since: datetime) -> None:
        self._root = _certified(ROOT, None, since)
        self._signer = _certified(SIGNER, self._root, since)

    @property
    def root(self) -> bytes:
        """The root's certificate as PEM: what an administrator uploads."""
        return self._root.certificate.public_bytes(serialization.Encoding.PEM)

    def signed(self, document: bytes) -> bytes:
        private = self._signer.key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        signer = signers.SimpleSigner(
            signing_cert=self._signer.loaded,
            signing_key=keys.PrivateKeyInfo.load(private),
            cert_registry=SimpleCertificateStore.from_certs([self._root.loaded]),
        )
        facts = signers.PdfSignatureMetadata(
            field_name="Chu-ky", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
        )
        out = io.BytesIO()
        writer = IncrementalPdfFileWriter(io.BytesIO(document))
        with ThreadPoolExecutor(
            max_workers=1
        ) as apart:  # as sharing.signatures: its own event loop
            signs = _SignsThen(facts, signer)
            signs.moment = clock.now()
            apart.submit(signs.sign_pdf, writer, output=out).result()
        return out.getvalue()


def letter(*lines: str) -> bytes:
    """One page that says in capitals that it is made up; without accents, which its font lacks."""
    writer = PdfFileWriter()
    font = generic.DictionaryObject({
        generic.NameObject("/Type"): generic.NameObject("/Font"),
        generic.NameObject("/Subtype"): generic.NameObject("/Type1"),
        generic.NameObject("/BaseFont"): generic.NameObject("/Helvetica"),
    })  # fmt: skip
    fonts = generic.DictionaryObject({generic.NameObject("/F1"): writer.add_object(font)})
    resources = generic.DictionaryObject({generic.NameObject("/Font"): fonts})
    shown = " ".join(f"({_plain(line)}) Tj 0 -22 Td" for line in ("VAN BAN MINH HOA", *lines))
    content = generic.StreamObject(stream_data=f"BT /F1 12 Tf 60 760 Td {shown} ET".encode())
    page: Any = PageObject(
        contents=writer.add_object(content), media_box=(0, 0, 595, 842), resources=resources
    )
    writer.insert_page(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def incoming(name: str, content: bytes) -> IncomingFile:
    """The file as an upload brings it."""
    file = IncomingFile(name, "application/pdf", len(content), None, None)
    file.write(content)
    file.flush()
    file.seek(0)
    file.sha256 = hashlib.sha256(content).hexdigest()
    return file


def _plain(text: str) -> str:
    plain = fold(text).upper().encode("ascii", "ignore").decode()
    return plain.replace("\\", " ").replace("(", " ").replace(")", " ")


def _certified(name: str, issuer: _Pair | None, since: datetime) -> _Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    is_root = issuer is None
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only",
         "decipher_only"), False,
    )  # fmt: skip
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since.astimezone(UTC) - timedelta(days=1))
        .not_valid_after(since.astimezone(UTC) + LASTS)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not is_root, content_commitment=not is_root,
                key_cert_sign=is_root, crl_sign=is_root, **usage,
            ),
            critical=True,
        )
        .sign(issuer.key if issuer else key, hashes.SHA256())
    )  # fmt: skip
    return _Pair(built, key)
