from accounts.models.agency import Agency
from accounts.models.audit import AuditEvent
from accounts.models.invitation import Invitation
from accounts.models.membership import Membership
from accounts.models.notice import Notice, OutboxMessage
from accounts.models.person import Person
from accounts.models.trial import FailedProof, Proof, TrialCount

__all__ = [
    "Agency",
    "AuditEvent",
    "FailedProof",
    "Invitation",
    "Membership",
    "Notice",
    "OutboxMessage",
    "Person",
    "Proof",
    "TrialCount",
]
