"""What the digital signatures of a PDF are worth (Thông tư 41/2017/TT-BTTTT, Luật GDĐT 2023).

Judged in a process of its own (core.confined), for a file from outside may take any time and memory.
The verdict rests on pyHanko's bottom line, never on "intact" or "trusted" alone: a page changed by a
later revision leaves both true. Nothing is fetched from the network: a document names the addresses
itself. Knows no database; sharing.verdict_words puts a verdict into words.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate, AdESSubIndic
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

MOST_BYTES = 20 * 1024 * 1024
MOST_PAGES = 500
WEAK_DIGESTS = frozenset({"md2", "md5", "sha1"})

# They write whole tracebacks about signatures that are merely bad.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)


class Code(StrEnum):
    """From the best to the worst, but for the last: no signature is no bad signature."""

    VALID = "valid"
    UNTRUSTED = "untrusted"
    WEAK = "weak"
    UNREADABLE = "unreadable"
    CHANGED = "changed"
    UNSIGNED = "unsigned"


class Problem(StrEnum):
    """Why a signature is not trusted, or a file not checked."""

    NO_ROOT = "no_root"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    OTHER = "other"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    TOO_HEAVY = "too_heavy"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"


_RANK = [Code.VALID, Code.UNTRUSTED, Code.WEAK, Code.UNREADABLE, Code.CHANGED]
_TRUST_PROBLEMS: dict[AdESSubIndic | None, Problem] = {
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: Problem.NO_ROOT,
    AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE: Problem.NO_ROOT,
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: Problem.EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: Problem.EXPIRED,
    AdESIndeterminate.EXPIRED: Problem.EXPIRED,
    AdESIndeterminate.NOT_YET_VALID: Problem.NOT_YET_VALID,
}


@dataclass(frozen=True)
class Trust:
    """Certificates as PEM text: roots that are trusted, and those between them and a signer."""

    roots: tuple[str, ...] = ()
    intermediates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Signer:
    """One signature. `at`: the signer's own clock as ISO text; `serial` hexadecimal.

    `coverage`: how much of the file was signed; `changes`: none, lta_updates, form_filling,
    annotations or other, what later revisions did; `problem`: why it is not trusted.
    """

    code: str
    name: str = ""
    serial: str = ""
    at: str = ""
    algorithm: str = ""
    coverage: str = ""
    changes: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Verdict:
    """`code` is that of the worst signature; `checked_at` the moment whose certificates count."""

    code: str
    checked_at: str
    signers: tuple[Signer, ...] = field(default=())
    problem: str = ""

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "signers": [asdict(one) for one in self.signers]}


class _NotChecked(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def judge(argument: Mapping[str, Any], _tell: object) -> dict[str, Any]:
    """For core.confined: {path, roots, intermediates, moment} → Verdict.as_json()."""
    trust = Trust(tuple(argument["roots"]), tuple(argument["intermediates"]))
    with Path(argument["path"]).open("rb") as file:
        return verdict_of(file, trust, datetime.fromisoformat(argument["moment"])).as_json()


def verdict_of(file: BinaryIO, trust: Trust, moment: datetime) -> Verdict:
    """What the signatures of the file are worth at that moment. Raises nothing but MemoryError."""
    checked_at = moment.isoformat()
    try:
        signers = tuple(_signers(_readable(file), trust, moment))
    except _NotChecked as reason:
        return Verdict(Code.UNREADABLE, checked_at, problem=reason.problem)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  a file from outside may break its reader in any way
        return Verdict(Code.UNREADABLE, checked_at, problem=Problem.BROKEN)
    if not signers:
        return Verdict(Code.UNSIGNED, checked_at)
    worst = max((Code(one.code) for one in signers), key=_RANK.index)
    return Verdict(worst, checked_at, signers)


def _readable(file: BinaryIO) -> PdfFileReader:
    """Raises _NotChecked for what is too much or locked, anything for what is no PDF."""
    if file.seek(0, 2) > MOST_BYTES:
        raise _NotChecked(Problem.TOO_LARGE)
    file.seek(0)
    reader = PdfFileReader(file, strict=False)
    if reader.encrypted:
        raise _NotChecked(Problem.ENCRYPTED)
    if int(reader.root["/Pages"]["/Count"]) > MOST_PAGES:
        raise _NotChecked(Problem.TOO_LONG)
    return reader


def _signers(reader: PdfFileReader, trust: Trust, moment: datetime) -> Iterator[Signer]:
    """Signatures of people and agencies; a time stamp alone signs nothing."""
    roots = [_certificate(one) for one in trust.roots]
    between = [_certificate(one) for one in trust.intermediates]
    for signature in reader.embedded_regular_signatures:
        context = ValidationContext(
            trust_roots=roots,
            other_certs=between,
            allow_fetching=False,
            revocation_mode="soft-fail",
            moment=moment,
        )
        yield _signer(signature, context)


def _signer(signature: EmbeddedPdfSignature, context: ValidationContext) -> Signer:
    certificate = signature.signer_cert
    claimed = signature.self_reported_timestamp
    known = {
        "name": _name_of(certificate),
        "serial": f"{certificate.serial_number:x}",
        "at": claimed.isoformat() if claimed else "",
    }
    try:
        status = validate_pdf_signature(signature, signer_validation_context=context)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  as above; the other signatures are still looked at
        return Signer(Code.UNREADABLE, problem=Problem.BROKEN, **known)
    level = status.modification_level
    code = _code_of(status)
    return Signer(
        code,
        **known,
        algorithm=f"{status.pkcs7_signature_mechanism}, {status.md_algorithm}",
        coverage=status.coverage.name.lower() if status.coverage else "",
        changes=level.name.lower() if level is not None else "",
        problem=_problem_of(status) if code == Code.UNTRUSTED else "",
    )


def _code_of(status: PdfSignatureStatus) -> Code:
    if not status.intact or not status.valid or _changed_later(status):
        return Code.CHANGED
    if _is_weak(status):
        return Code.WEAK
    return Code.VALID if status.bottom_line else Code.UNTRUSTED


def _changed_later(status: PdfSignatureStatus) -> bool:
    return status.docmdp_ok is False or status.modification_level == ModificationLevel.OTHER


def _is_weak(status: PdfSignatureStatus) -> bool:
    indication = status.trust_problem_indic
    return (
        status.md_algorithm in WEAK_DIGESTS
        or indication == AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE
        or indication == AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE
    )


def _problem_of(status: PdfSignatureStatus) -> Problem:
    return _TRUST_PROBLEMS.get(status.trust_problem_indic, Problem.OTHER)


def _name_of(certificate: x509.Certificate) -> str:
    names = certificate.subject.native
    return str(names.get("common_name") or certificate.subject.human_friendly)


def _certificate(text: str) -> x509.Certificate:
    return x509.Certificate.load(pem.unarmor(text.encode())[2])
