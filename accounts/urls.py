"""Sign-in, one's own account, members, notices, the audit trail.

The sign-in library's names are kept, since it redirects by them; of its pages only these are here:
nobody signs up, and an address is changed by an administrator.
"""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as single_sign_on_ends
from django.urls import path, re_path

from accounts.views import (
    audit,
    auditing,
    invitation,
    members,
    notices,
    people,
    profile,
    role_proposals,
    second_factor,
    sessions,
    single_sign_on,
)

signing_in = [
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-nhap/ma-xac-thuc/", factors.authenticate, name="mfa_authenticate"),
    path(
        "dang-nhap/mot-lan/huy/",
        single_sign_on_ends.login_cancelled,
        name="socialaccount_login_cancelled",
    ),
    path(
        "dang-nhap/mot-lan/loi/", single_sign_on_ends.login_error, name="socialaccount_login_error"
    ),
    path(
        "dang-nhap/mot-lan/<slug:provider_id>/", single_sign_on.begin, name="openid_connect_login"
    ),
    path(
        "dang-nhap/mot-lan/<slug:provider_id>/tra-loi/",
        single_sign_on.come_back,
        name="openid_connect_callback",
    ),
    path("dang-xuat/", account.logout, name="account_logout"),
]

passwords = [
    path("tai-khoan/mat-khau/doi/", account.password_change, name="account_change_password"),
    path("tai-khoan/mat-khau/dat/", account.password_set, name="account_set_password"),
    path("tai-khoan/mat-khau/quen/", account.password_reset, name="account_reset_password"),
    path(
        "tai-khoan/mat-khau/quen/da-gui/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    path(
        "tai-khoan/mat-khau/quen/xong/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^tai-khoan/mat-khau/quen/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]

second_factors = [
    path("tai-khoan/xac-thuc/", factors.index, name="mfa_index"),
    path("tai-khoan/xac-thuc/xac-nhan-lai/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("tai-khoan/xac-thuc/bat/", second_factor.activate, name="mfa_activate_totp"),
    path("tai-khoan/xac-thuc/thu/", second_factor.address, name="second_factor_address"),
    path("tai-khoan/xac-thuc/thu/<str:token>/", second_factor.prove, name="second_factor_prove"),
    path("tai-khoan/xac-thuc/tat/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        "tai-khoan/xac-thuc/ma-du-phong/",
        recovery_codes.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "tai-khoan/xac-thuc/ma-du-phong/tao/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "tai-khoan/xac-thuc/ma-du-phong/tai/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]

own_account = [
    path("tai-khoan/", profile.profile, name="profile"),
    path("tai-khoan/ngung-hoat-dong/", account.account_inactive, name="account_inactive"),
    path("tai-khoan/xac-nhan-lai/", account.reauthenticate, name="account_reauthenticate"),
    path("tai-khoan/phien/", sessions.sessions, name="sessions"),
    path("tai-khoan/phien/khac/ket-thuc/", sessions.end_others, name="sessions_end"),
    path("tai-khoan/phien/<int:session_id>/ket-thuc/", sessions.end, name="session_end"),
    path("thong-bao/", notices.notices, name="notices"),
    path("thong-bao/da-doc/", notices.read_all, name="notices_read"),
    path("thong-bao/<int:notice_id>/", notices.notice, name="notice"),
    path("loi-moi/<str:token>/", invitation.invitation, name="invitation"),
]

members_of_agencies = [
    path("lam-viec/co-quan/<slug:slug>/thanh-vien/", members.members, name="members"),
    path(
        "lam-viec/co-quan/<slug:slug>/thanh-vien/<int:membership_id>/thu-hoi/",
        members.membership_end,
        name="membership_end",
    ),
    path(
        "lam-viec/co-quan/<slug:slug>/nguoi/<int:person_id>/ngung/",
        people.disable,
        name="person_disable",
    ),
    path(
        "lam-viec/co-quan/<slug:slug>/nguoi/<int:person_id>/hoat-dong-lai/",
        people.enable,
        name="person_enable",
    ),
    path(
        "lam-viec/co-quan/<slug:slug>/loi-moi/<int:invitation_id>/huy/",
        members.invitation_cancel,
        name="invitation_cancel",
    ),
]

roles_of_two_people = [
    path("dieu-hanh/vai-tro/", role_proposals.role_proposals, name="role_proposals"),
    path(
        "dieu-hanh/vai-tro/<int:invitation_id>/", role_proposals.role_proposal, name="role_proposal"
    ),
]

trail = [
    path("dieu-hanh/nhat-ky/", audit.audit, name="audit"),
    path("dieu-hanh/nhat-ky/tai/", audit.audit_csv, name="audit_csv"),
    path("kiem-tra/", auditing.auditing, name="auditing"),
]

urlpatterns = [
    *signing_in,
    *passwords,
    *second_factors,
    *own_account,
    *members_of_agencies,
    *roles_of_two_people,
    *trail,
]
