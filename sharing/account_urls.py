"""One connection account, under /ket-noi/tai-khoan/."""

from django.urls import path

from sharing.views import account, account_guide, usage

urlpatterns = [
    path("<slug:code>/", account.account, name="connection_account"),
    path("<slug:code>/huong-dan/", account_guide.guide, name="account_guide"),
    path("<slug:code>/su-dung/", usage.account_usage, name="account_usage"),
    path("<slug:code>/su-dung/luot-goi.csv", usage.account_calls_csv, name="account_calls_csv"),
    path("<slug:code>/doi-khoa/", account.rotate, name="account_rotate"),
    path("<slug:code>/khoa/<int:credential_id>/thu-hoi/", account.revoke, name="credential_revoke"),
    path("<slug:code>/tam-dung/", account.suspend, name="account_suspend"),
    path("<slug:code>/khoi-phuc/", account.resume, name="account_resume"),
    path("<slug:code>/cham-dut/", account.end, name="account_end"),
]
