"""The face of the audit chain for the other rooms."""

from safeconduct.core.audit.chain import Break, faults_of_copy, verify

__all__ = ["Break", "faults_of_copy", "verify"]
