"""Certificates and signed documents for tests: an own root, an agency below it, PDFs they sign."""

import io
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from core import clock

Key = rsa.RSAPrivateKey


@dataclass(frozen=True)
class Certificate:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: Key

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)


@cache
def _key(name: str) -> Key:
    """Made once for each name in a run: keys are slow to make."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def certificate(
    name: str,
    *,
    issuer: Certificate | None = None,
    is_authority: bool = False,
    until: datetime | None = None,
    since: datetime | None = None,
) -> Certificate:
    """Self-signed without an issuer. Valid from a year ago for ten years, unless said."""
    key, now = _key(name), clock.now()
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = dict.fromkeys(
        (
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before((since or now - timedelta(days=365)).astimezone(UTC))
        .not_valid_after((until or now + timedelta(days=3650)).astimezone(UTC))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not is_authority,
                content_commitment=not is_authority,
                key_cert_sign=is_authority,
                crl_sign=is_authority,
                **usage,
            ),
            critical=True,
        )
        .sign(issuer.key if issuer else key, hashes.SHA256())
    )
    return Certificate(built, key)


def root(name: str = "CA gốc thử nghiệm") -> Certificate:
    return certificate(name, is_authority=True)


def plain_pdf(pages: int = 1) -> bytes:
    """A document without a signature."""
    writer = PdfFileWriter()
    for number in range(pages):
        content = generic.StreamObject(stream_data=b"BT /F1 12 Tf 72 720 Td (Van ban) Tj ET")
        page = PageObject(contents=writer.add_object(content), media_box=(0, 0, 595, 842))
        writer.insert_page(page, after=number - 1 if number else None)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def signed_pdf(
    by: Certificate,
    *others: Certificate,
    of: bytes | None = None,
    field: str = "Chu-ky",
    digest: str = "sha256",
    pades: bool = True,
) -> bytes:
    """The document signed by that certificate, the others in its chain embedded."""
    signer = signers.SimpleSigner(
        signing_cert=_loaded(by),
        signing_key=_loaded_key(by),
        cert_registry=SimpleCertificateStore.from_certs([_loaded(one) for one in others]),
    )
    adobe, etsi = fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED, fields.SigSeedSubFilter.PADES
    facts = signers.PdfSignatureMetadata(
        field_name=field, md_algorithm=digest, subfilter=etsi if pades else adobe
    )
    out = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(of or plain_pdf()))
    # In a thread of its own: an event loop may run in this one.
    with ThreadPoolExecutor(max_workers=1) as apart:
        apart.submit(signers.sign_pdf, writer, facts, signer=signer, output=out).result()
    return out.getvalue()


def with_changed_page(document: bytes) -> bytes:
    """A later revision writes other words onto the signed page."""
    writer = IncrementalPdfFileWriter(io.BytesIO(document))
    words = generic.StreamObject(stream_data=b"BT /F1 12 Tf 72 720 Td (Van ban khac) Tj ET")
    page: Any = writer.find_page_for_modification(0)[0].get_object()
    page["/Contents"] = writer.add_object(words)
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def encrypted_pdf() -> bytes:
    writer = PdfFileWriter()
    content = writer.add_object(generic.StreamObject(stream_data=b""))
    writer.insert_page(PageObject(contents=content, media_box=(0, 0, 595, 842)))
    writer.encrypt("chu-so-huu", "mo-tep")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def bomb_pdf(entries: int = 7_000_000) -> bytes:
    """28 kB that unpack to a table of millions of objects."""
    table = zlib.compress(b"\x01\x00\x10\x00" * entries, 9)
    head = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    head += b"2 0 obj\n<</Type/Pages/Count 0/Kids[]>>\nendobj\n"
    facts = b"/Type/XRef/Size %d/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length %d" % (
        entries,
        len(table),
    )
    body = b"3 0 obj\n<<" + facts + b">>\nstream\n" + table + b"\nendstream\nendobj\n"
    return head + body + b"startxref\n%d\n%%%%EOF\n" % len(head)


def _loaded(one: Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(one.der)


def _loaded_key(one: Certificate) -> keys.PrivateKeyInfo:
    return keys.PrivateKeyInfo.load(
        one.key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
