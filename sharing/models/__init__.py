from sharing.models.account import ConnectionAccount, Credential
from sharing.models.agreement import Agreement
from sharing.models.call import CallRecord
from sharing.models.consent import Consent
from sharing.models.document import Document, TrustedRoot
from sharing.models.request import ConnectionRequest, RequestEvent
from sharing.models.request_form import FormField, FormVersion
from sharing.models.service import ServiceChange, ServiceProbe, ServiceTable, SharingService
from sharing.models.stop import PlannedStop

__all__ = [
    "Agreement",
    "CallRecord",
    "ConnectionAccount",
    "ConnectionRequest",
    "Consent",
    "Credential",
    "Document",
    "FormField",
    "FormVersion",
    "PlannedStop",
    "RequestEvent",
    "ServiceChange",
    "ServiceProbe",
    "ServiceTable",
    "SharingService",
    "TrustedRoot",
]
