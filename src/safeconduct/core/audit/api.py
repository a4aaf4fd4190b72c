"""The face of the audit chain for the other rooms."""

from safeconduct.core.audit.chain import Break, verify

__all__ = ["Break", "verify"]
