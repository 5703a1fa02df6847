"""Second factors of administrators: an authenticator whose secret is sealed, and backup codes as hashes.

django-otp's own tables keep both in clear, hence these. Its throttling and its session are used as they are.
"""

import time
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables
from django_otp.models import Device, ThrottlingMixin, TimestampMixin
from django_otp.oath import TOTP

from lti_tool.administration import codes
from lti_tool.vault.fields import PackedField
from lti_tool.vault.services import unseal_small

TOLERANCE: Final = 1
"""Steps of 30 seconds that a clock may be wrong by, to either side (RFC 6238, 5.2)."""


class SecondFactor(TimestampMixin, ThrottlingMixin, Device):  # type: ignore[misc]  # django-otp has no types
    """What both kinds share: each wrong code doubles the wait before the next one is looked at."""

    class Meta:
        abstract = True

    def get_throttle_factor(self) -> int:
        """One second after the first wrong code."""
        return 1

    def verify_token(self, token: str) -> bool:
        """Whether the code is right now, and never again. Call it while the row is held."""
        if not self.verify_is_allowed()[0]:
            return False
        if not self.spends(token):
            self.throttle_increment()
            return False
        self.throttle_reset(commit=False)
        self.set_last_used_timestamp(commit=False)
        self.save()
        return True

    def spends(self, token: str) -> bool:
        """Use the code up, if it is one."""
        raise NotImplementedError


class Authenticator(SecondFactor):
    """An app that shows six digits every 30 seconds (RFC 6238). Until it is `confirmed` it opens nothing."""

    secret_sealed = PackedField(default=b"")
    last_step = models.BigIntegerField(default=-1)

    def __str__(self) -> str:
        return f"authenticator of account {self.user_id}"

    @property
    def binding(self) -> bytes:
        """Where the secret belongs: sealed bytes of one account open nothing for another."""
        return f"authenticator|{self.user_id}".encode()

    @sensitive_variables()
    def secret(self) -> bytes:
        """The shared secret. Shown while the authenticator is made, and never again."""
        return unseal_small(self.secret_sealed, binding=self.binding)

    @sensitive_variables()
    def spends(self, token: str) -> bool:
        """Each step once: a code that was seen, or read over a shoulder, is spent with its step."""
        if not codes.DIGITS.fullmatch(token):
            return False
        clock = TOTP(self.secret())
        clock.time = time.time()
        if not clock.verify(int(token), TOLERANCE, self.last_step + 1):
            return False
        self.last_step = clock.t()
        return True


class BackupCodes(SecondFactor):
    """A handful of codes for the day on which the phone is gone."""

    class Meta:
        verbose_name_plural = _("backup codes")

    def __str__(self) -> str:
        return f"backup codes of account {self.user_id}"

    def spends(self, token: str) -> bool:
        """Delete the code: of two that bring the same one, the database lets one delete it."""
        return bool(self.left.filter(code_hash=codes.hash_of(token)).delete()[0])


class BackupCode(models.Model):
    """One that is not used yet. It has 120 bits of chance, so that a plain hash is enough."""

    of = models.ForeignKey(BackupCodes, related_name="left", on_delete=models.CASCADE)
    code_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "code_hash"], name="one_backup_code")]

    def __str__(self) -> str:
        return "a backup code"
