"""Password hashing for tests: the real algorithm, one round, so that a real server accepts it."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class QuickHasher(PBKDF2PasswordHasher):
    iterations = 1
