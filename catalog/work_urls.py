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

urlpatterns = [
    path("", dashboard.work, name="work"),
    path("phe-duyet/", approvals.approvals, name="approvals"),
    path("do-phu/", coverage.grid, name="coverage"),
    path("bo-du-lieu/", datasets.listing, name="work_datasets"),
    path("bo-du-lieu/moi/", registration.register, name="dataset_register"),
    path("bo-du-lieu/<slug:slug>/", include(_dataset)),
    path("bang/<uuid:resource_id>/", include(_resource)),
    path("ky/<uuid:release_id>/", include(_release)),
]
