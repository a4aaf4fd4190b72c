"""The face of the audit chain for the other rooms."""

from safeconduct.core.audit.chain import Break, faults_of_copy, verify
from safeconduct.core.audit.remembered import forget, until_next_entry

__all__ = ["Break", "faults_of_copy", "forget", "until_next_entry", "verify"]
