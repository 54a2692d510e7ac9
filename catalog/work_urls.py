"""Addresses of the agency work area, under /lam-viec/."""

from django.urls import include, path

from catalog.views.work import (
    approvals,
    columns,
    coverage,
    curation,
    dashboard,
    datasets,
    decision,
    delivery,
    receipt,
    registration,
    report,
    reversal,
    source,
    source_changes,
    source_pulls,
    upload,
)

_dataset = [
    path("", datasets.detail, name="work_dataset"),
    path("sua/", registration.edit, name="dataset_edit"),
    path("doi-dia-chi/", curation.rename, name="dataset_rename"),
    path("cong-bo-mo-ta/", curation.publish_description, name="dataset_publish_description"),
    path("rut/", curation.withdraw, name="dataset_withdraw"),
    path("bang/moi/", columns.add, name="resource_add"),
]
_resource = [
    path("tu-dien/", columns.describe, name="resource_columns"),
    path("nop/", upload.upload, name="upload"),
    path("mau.csv", upload.template, name="resource_template"),
    path("api/", source.source, name="source"),
    path("api/thiet-lap/", source_changes.edit, name="source_edit"),
    path("api/lay/", source_pulls.ask, name="source_pull"),
    path("api/phe-duyet/", source_changes.approve, name="source_approve"),
    path("api/thu-hoi-phe-duyet/", source_changes.revoke, name="source_revoke"),
    path("api/bat-tat/", source_changes.switch, name="source_switch"),
]
_release = [
    path("", report.release, name="release"),
    path("trang-thai/", report.status, name="release_status"),
    path("tep/", report.original, name="release_file"),
    path("nop/", delivery.submit, name="release_submit"),
    path("bien-nhan/", receipt.receipt, name="release_receipt"),
    path("duyet/", decision.decide, name="release_decide"),
    path("thu-hoi/", reversal.recall, name="release_recall"),
    path("huy/", reversal.discard, name="release_discard"),
    path("rut/", reversal.withdraw, name="release_withdraw"),
]

_pull = [
    path("", source_pulls.pull, name="pull"),
    path("trang-thai/", source_pulls.status, name="pull_status"),
]

urlpatterns = [
    path("", dashboard.work, name="work"),
    path("phe-duyet/", approvals.approvals, name="approvals"),
    path("do-phu/", coverage.grid, name="coverage"),
    path("bo-du-lieu/", datasets.listing, name="work_datasets"),
    path("bo-du-lieu/moi/", registration.register, name="dataset_register"),
    path("bo-du-lieu/<slug:slug>/", include(_dataset)),
    path("bang/<uuid:resource_id>/", include(_resource)),
    path("ky/<uuid:release_id>/", include(_release)),
    path("lan-lay/<int:pull_id>/", include(_pull)),
]
