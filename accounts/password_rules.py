"""What a password must be like, where Django's own rule has no Vietnamese words."""

from typing import Any

from django.contrib.auth.password_validation import (
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.vietnamese import fold


class LongEnough(MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("Mật khẩu phải có ít nhất %(length)d ký tự.") % {"length": self.min_length}

    def get_help_text(self) -> str:
        return self.get_error_message()


class UnlikeTheAccount(UserAttributeSimilarityValidator):
    """Also not the name of the mailbox, nor the own name without accents and spaces, with a few marks more.

    Django compares with the whole address and its single words: "bich.ha" of bich.ha@… is like neither.
    """

    MOST_MORE = 6

    def validate(self, password: str, user: Any = None) -> None:
        super().validate(password, user)
        typed = _letters(password)
        for own in (str(user.email).split("@")[0], user.full_name) if user else ():
            known = _letters(own)
            if len(known) > 3 and known in typed and len(typed) <= len(known) + self.MOST_MORE:
                raise ValidationError(
                    _("Mật khẩu quá giống tên hoặc thư điện tử của bạn."),
                    code="password_too_similar",
                )


def _letters(text: str) -> str:
    """Folded, letters and digits only: "Bích.Hà" is "bichha"."""
    return "".join(letter for letter in fold(text) if letter.isalnum())
