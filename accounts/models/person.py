from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, full_name: str, password: str | None = None) -> "Person":
        """A person who can sign in; without a password, only through an invitation or single sign-on."""
        person = self.model(email=email.strip().lower(), full_name=full_name)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account. What one may do comes from memberships, never from flags here."""

    class Language(models.TextChoices):
        VIETNAMESE = "vi", "Tiếng Việt"
        ENGLISH = "en", "English"

    email = models.EmailField(_("thư điện tử"), unique=True)
    full_name = models.CharField(_("họ và tên"), max_length=150)
    language = models.CharField(
        _("ngôn ngữ"), max_length=2, choices=Language, default=Language.VIETNAMESE
    )
    wants_email = models.BooleanField(_("nhận thông báo qua thư điện tử"), default=True)
    is_active = models.BooleanField(_("đang hoạt động"), default=True)
    disabled_at = models.DateTimeField(_("ngừng hoạt động lúc"), null=True, editable=False)
    disabled_reason = models.TextField(_("lý do ngừng hoạt động"), blank=True)
    joined_at = models.DateTimeField(_("ngày tham gia"), default=clock.now, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    objects = PersonManager()

    class Meta:
        ordering = ["full_name", "id"]
        verbose_name = _("người dùng")
        verbose_name_plural = _("người dùng")

    def __str__(self) -> str:
        return self.full_name
